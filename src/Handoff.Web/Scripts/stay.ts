import type { LiveBoard, LiveCard } from "./live";
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
    document.addEventListener("handoff:board", event => this.#compareWith((event as CustomEvent<LiveBoard>).detail), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
    this.#newer.stop();
  }

  /** After the line was lost: who is on the board no more has left, and the page says so. */
  #compareWith(board: LiveBoard): void {
    const mine = board.cards.find(card => card.stay === this.#root.dataset["stay"]);
    if (mine) this.#newer.is(mine.version);
    else if ("here" in this.#root.dataset) this.#newer.is(board.position);
  }

  #changed(card: LiveCard): void {
    if (card.stay === this.#root.dataset["stay"]) this.#newer.is(card.version);
  }
}
