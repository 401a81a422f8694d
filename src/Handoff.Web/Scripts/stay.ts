import { visit } from "@hotwired/turbo";
import type { LiveCard } from "./live";
import type { Module } from "./modules";

/** A patient's page is loaded again when something was recorded about them, unless somebody is busy on it. */
export class StayFollower implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root;
    document.addEventListener("handoff:card", event => this.#changed((event as CustomEvent<LiveCard>).detail), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", event => (event as CustomEvent<{ cards: LiveCard[] }>).detail.cards.forEach(card => this.#changed(card)), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
  }

  #changed(card: LiveCard): void {
    if (card.stay !== this.#root.dataset["stay"] || card.version <= Number(this.#root.dataset["version"])) return;
    if (this.#root.contains(document.activeElement) || this.#root.querySelector("details[open]")) return void (this.#root.dataset["stale"] = "");
    visit(location.href, { action: "replace" });
  }
}
