import { morphElements } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";
import type { Module } from "./modules";

const often = 20_000;

const parts = ["notices", "asked-count"];

/** What somebody must hear on whatever page they have open. The page brings it, and asks again every so often: not with each event, of which a unit has many a minute. */
export class Notices implements Module {
  readonly #root: HTMLElement;
  readonly #timer: number;
  readonly #asking = new Asking(() => this.#root.dataset["notices"] ?? "", answer => this.#take(answer));

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#timer = window.setInterval(() => !document.hidden && this.#asking.now(), often);
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
    this.#asking.stop();
  }

  /** A link that somebody is about to press stays where it is. */
  #take(answer: Answer | null): void {
    if (!answer?.ok) return;
    for (const part of parts) {
      const [shown, next] = [document.getElementById(part), answer.page.getElementById(part)];
      if (shown && next && !shown.contains(document.activeElement)) morphElements(shown, next);
    }
  }
}
