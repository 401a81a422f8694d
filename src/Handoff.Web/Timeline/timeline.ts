import { Controller } from "@hotwired/stimulus";
import { visit } from "@hotwired/turbo";
import type { Answer } from "../Live/latest-fetch";

/**
 * What a timeline adds to a live region: what is recorded about the patient appears all the way down to where the page has been read, so
 * that also a late entry or an amendment comes to its place; and the entry that a link led to is shown.
 */
export class Timeline extends Controller<HTMLElement> {
  static override values = { oldest: String };
  static override targets = ["part"];

  declare readonly oldestValue: string;
  declare readonly partTarget: HTMLElement;

  override connect(): void {
    this.open();
    this.#openOnceLoaded();
  }

  /** The entry that a link led to is shown, also inside of a run; one on an older page is asked for. */
  open(): void {
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = (id && document.getElementById(id)) || this.element.querySelector<HTMLElement>("[data-target]");
    if (!entry) {
      if (!/^[0-9a-f-]{36}$/.test(id) || location.search.includes(id)) return;
      this.#openOnceLoaded();
      return visit(`${location.pathname}?event=${id}#${id}`, { action: "replace" });
    }
    const run = entry.closest("details");
    if (run) run.open = true;
    entry.scrollIntoView({ block: "center" });
  }

  /** Down to the last entry that is shown: the frame that has not been loaded yet says which; without one it is the oldest. */
  askDown({ detail }: CustomEvent<{ address: string }>): void {
    const down = this.#waiting()?.dataset["before"] ?? this.oldestValue;
    detail.address += `${detail.address.includes("?") ? "&" : "?"}down=${down}`;
  }

  /** The answer is the frame that an older page would come in; its entries are this timeline's part. */
  unframe({ detail: { answer } }: CustomEvent<{ answer: Answer | null }>): void {
    const frame = answer?.page.querySelector("turbo-frame");
    if (!frame) return;
    const part = this.partTarget.cloneNode() as HTMLElement;
    part.removeAttribute("data-stale");
    part.append(...frame.childNodes);
    frame.replaceWith(part);
  }

  /** A run that somebody has opened stays open. */
  keepOpen(event: CustomEvent<{ attributeName: string; mutationType: string }>): void {
    const { attributeName, mutationType } = event.detail;
    if (attributeName === "open" && mutationType === "remove" && (event.target as Element).id !== "") event.preventDefault();
  }

  /** A visit scrolls by itself once it is rendered; one to the same address morphs the page, and this timeline goes on. */
  #openOnceLoaded(): void {
    document.addEventListener("turbo:load", () => this.element.isConnected && this.open(), { once: true });
  }

  #waiting(): HTMLElement | null {
    return [...this.element.querySelectorAll<HTMLElement>("turbo-frame[data-before]")].find(frame => !frame.querySelector("ol")) ?? null;
  }
}
