import { Controller } from "@hotwired/stimulus";
import { morphElements } from "@hotwired/turbo";
import { Arrangement } from "./arrangement";
import type { LiveBoard, LiveCard } from "../Live/live";

const glow = 1500;

/** A unit's cards: puts each that changed in its place. */
export class Board extends Controller<HTMLElement> {
  static override targets = ["cards"];

  declare readonly cardsTarget: HTMLElement;

  readonly #waiting = new Map<string, LiveCard>();
  readonly #gone = new Map<string, number>();
  #arrangement!: Arrangement;

  override connect(): void {
    this.#arrangement = new Arrangement(this.element, this.cardsTarget);
    this.#arrangement.arrange();
  }

  change({ detail }: CustomEvent<LiveCard>): void {
    this.#change(detail);
  }

  /** Who is not on it has left, unless they came after it was read. */
  compare({ detail }: CustomEvent<LiveBoard>): void {
    const present = new Set(detail.cards.map(card => card.stay));
    const absent = this.#all().map(card => card.dataset["card"] ?? "").filter(stay => !present.has(stay));
    absent.forEach(stay => this.#change({ stay, version: detail.position, isGone: true }));
    detail.cards.forEach(card => this.#change(card));
  }

  arrange(): void {
    this.#arrangement.arrange();
  }

  choose({ target }: Event): void {
    this.#arrangement.choose(target as HTMLInputElement);
  }

  showAll(): void {
    this.#arrangement.showAll();
  }

  /** A card that waited is put in its place when the focus has left it. */
  catchUp(): void {
    queueMicrotask(() => {
      for (const card of this.#all().filter(card => card.dataset["stale"] && !card.contains(document.activeElement))) {
        delete card.dataset["stale"];
        const waits = this.#waiting.get(card.dataset["card"] ?? "");
        if (waits) this.#put(waits, card);
        this.#arrangement.arrange();
      }
    });
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
    else this.cardsTarget.append(document.adoptNode(next));
    this.#glow(card.stay);
  }

  #glow(stay: string): void {
    const card = this.#card(stay);
    if (!card) return;
    card.dataset["changed"] = "";
    window.setTimeout(() => delete card.dataset["changed"], glow);
  }

  #card(stay: string): HTMLElement | undefined {
    return this.#all().find(card => card.dataset["card"] === stay);
  }

  #all(): HTMLElement[] {
    return this.#arrangement.all();
  }
}

function version(card: HTMLElement | undefined): number {
  return Number(card?.dataset["version"] ?? 0);
}
