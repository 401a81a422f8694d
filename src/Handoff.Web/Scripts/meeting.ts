import { visit } from "@hotwired/turbo";
import type { Module } from "./modules";

const ways: Record<string, string> = { ArrowLeft: "[data-meeting-prev]", ArrowRight: "[data-meeting-next]" };

/** A team meeting goes from patient to patient by the arrow keys, unless they are needed where the focus is. */
export class Meeting implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root;
    document.addEventListener("keydown", event => this.#go(event), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
  }

  #go(event: KeyboardEvent): void {
    const way = ways[event.key];
    if (!way || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyping(event.target as Element)) return;
    const link = this.#root.querySelector<HTMLAnchorElement>(way);
    if (link) visit(link.href);
  }
}

function isTyping(target: Element): boolean {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}
