import type { LiveCard } from "./live";
import type { Module } from "./modules";
import { Reload } from "./reload";

/** A patient's page is loaded again when something was recorded about them, unless somebody is busy on it. */
export class StayFollower implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #reload = new Reload(() => this.#isOld() && !this.#isKept());
  #newest = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    document.addEventListener("handoff:card", event => this.#changed((event as CustomEvent<LiveCard>).detail), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", event => (event as CustomEvent<{ cards: LiveCard[] }>).detail.cards.forEach(card => this.#changed(card)), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
    this.#reload.stop();
  }

  #changed(card: LiveCard): void {
    if (card.stay !== this.#root.dataset["stay"]) return;
    this.#newest = Math.max(this.#newest, card.version);
    if (this.#isOld() && !this.#isKept()) this.#reload.soon();
  }

  #isOld(): boolean {
    return this.#newest > Number(this.#root.dataset["version"]);
  }

  /** Somebody is busy on it: it only says that it is old. */
  #isKept(): boolean {
    const isKept = this.#root.contains(document.activeElement) || this.#root.querySelector("details[open]") !== null;
    if (isKept) this.#root.dataset["stale"] = "";
    return isKept;
  }
}
