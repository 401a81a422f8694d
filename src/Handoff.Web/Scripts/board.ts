import { morphElements } from "@hotwired/turbo";
import type { LiveBoard, LiveCard } from "./live";
import type { Module } from "./modules";
import { Arrangement } from "./arrangement";

const glow = 1500;

/** A unit's cards: puts each that changed in its place. */
export class Board implements Module {
  readonly #cards: HTMLElement;
  readonly #arrangement: Arrangement;
  readonly #waiting = new Map<string, LiveCard>();
  readonly #gone = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#cards = root.querySelector<HTMLElement>("[data-cards]") ?? root;
    this.#arrangement = new Arrangement(root, this.#cards);
    this.#hear(document, "handoff:card", event => this.#change((event as CustomEvent<LiveCard>).detail));
    this.#hear(document, "handoff:board", event => this.#compareWith((event as CustomEvent<LiveBoard>).detail));
    this.#hear(document, "handoff:due", () => this.#arrangement.arrange());
    this.#hear(root, "change", event => this.#choose(event.target));
    this.#hear(root, "click", event => (event.target as Element).matches("[data-show-all]") && this.#arrangement.showAll());
    this.#hear(root, "focusout", () => this.#catchUp());
    this.#arrangement.arrange();
  }

  disconnect(): void {
    this.#stop.abort();
  }

  /** Version by version: an older card than the one shown is yesterday's news. */
  #change(card: LiveCard): void {
    const shown = this.#card(card.stay);
    if (card.version <= Math.max(version(shown), this.#waiting.get(card.stay)?.version ?? 0, this.#gone.get(card.stay) ?? 0)) return;
    if (card.isGone) this.#gone.set(card.stay, card.version);
    if (!card.isGone && !card.html) return;
    if (shown?.contains(document.activeElement)) this.#wait(shown, card);
    else this.#put(card, shown);
    this.#arrangement.arrange();
  }

  /** A card that changed while it holds focus is only said to have: the next key must not open another patient. */
  #wait(shown: HTMLElement, card: LiveCard): void {
    shown.dataset["stale"] = card.isGone ? "gone" : "changed";
    this.#waiting.set(card.stay, card);
  }

  #put(card: LiveCard, shown: HTMLElement | undefined): void {
    this.#waiting.delete(card.stay);
    if (card.isGone) return void shown?.remove();
    const next = new DOMParser().parseFromString(card.html ?? "", "text/html").getElementById(`card-${card.stay}`);
    if (!next) return;
    if (shown) morphElements(shown, next);
    else this.#cards.append(document.adoptNode(next));
    this.#glow(card.stay);
  }

  #glow(stay: string): void {
    const card = this.#card(stay);
    if (!card) return;
    card.dataset["changed"] = "";
    window.setTimeout(() => delete card.dataset["changed"], glow);
  }

  /** Who is not on it has left, unless they came after it was read. */
  #compareWith(board: LiveBoard): void {
    const present = new Set(board.cards.map(card => card.stay));
    const absent = this.#all().map(card => card.dataset["card"] ?? "").filter(stay => !present.has(stay));
    absent.forEach(stay => this.#change({ stay, version: board.position, isGone: true }));
    board.cards.forEach(card => this.#change(card));
  }

  #catchUp(): void {
    queueMicrotask(() => this.#all().filter(card => card.dataset["stale"] && !card.contains(document.activeElement)).forEach(card => {
      delete card.dataset["stale"];
      const waits = this.#waiting.get(card.dataset["card"] ?? "");
      if (waits) this.#put(waits, card);
      this.#arrangement.arrange();
    }));
  }

  #choose(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement && target.matches("[data-board-choice]")) this.#arrangement.choose(target);
  }

  #card(stay: string): HTMLElement | undefined {
    return this.#all().find(card => card.dataset["card"] === stay);
  }

  #all(): HTMLElement[] {
    return this.#arrangement.all();
  }

  #hear(from: EventTarget, what: string, act: (event: Event) => void): void {
    from.addEventListener(what, act, { signal: this.#stop.signal });
  }
}

function version(card: HTMLElement | undefined): number {
  return Number(card?.dataset["version"] ?? 0);
}
