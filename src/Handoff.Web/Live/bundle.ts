import { Controller } from "@hotwired/stimulus";
import type { Answer } from "./latest-fetch";

/** A screen that nobody touches is loaded whole when its region's answer has other scripts or styles than it has itself. */
export class Bundle extends Controller<HTMLElement> {
  compare(event: CustomEvent<{ answer: Answer | null }>): void {
    const { answer } = event.detail;
    if (!answer?.ok || bundle(answer.page) === bundle(document)) return;
    event.preventDefault();
    location.reload();
  }
}

function bundle(page: Document): string {
  const parts = page.querySelectorAll("script[type=module], link[rel=stylesheet]");
  return [...parts].map(part => part.getAttribute("src") ?? part.getAttribute("href")).join();
}
