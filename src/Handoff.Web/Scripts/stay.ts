import type { LiveCard } from "./live";
import type { Module } from "./modules";
import { Newer } from "./reload";

/** A patient's page is loaded again when something was recorded about them, unless somebody is busy on it. */
export class StayFollower implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #newer: Newer;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#newer = new Newer(root, () => root.contains(document.activeElement) || root.querySelector("details[open]") !== null);
    document.addEventListener("handoff:card", event => this.#changed((event as CustomEvent<LiveCard>).detail), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", event => (event as CustomEvent<{ cards: LiveCard[] }>).detail.cards.forEach(card => this.#changed(card)), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
    this.#newer.stop();
  }

  #changed(card: LiveCard): void {
    if (card.stay === this.#root.dataset["stay"]) this.#newer.is(card.version);
  }
}
