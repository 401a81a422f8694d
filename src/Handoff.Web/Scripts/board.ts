import { morphElements } from "@hotwired/turbo";
import { ask, hasFailed } from "./asking";
import type { LiveBoard, LiveCard } from "./live";
import type { Module } from "./modules";
import { Arrangement } from "./arrangement";

const glow = 1500;
const again = 3000;

/** A unit's cards: fetches the one that changed and morphs it in place. */
export class Board implements Module {
  readonly #root: HTMLElement;
  readonly #cards: HTMLElement;
  readonly #arrangement: Arrangement;
  readonly #asked = new Map<string, number>();
  readonly #gone = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#cards = root.querySelector<HTMLElement>("[data-cards]") ?? root;
    this.#arrangement = new Arrangement(root, this.#cards);
    this.#hear(document, "handoff:card", event => void this.#change((event as CustomEvent<LiveCard>).detail));
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
  async #change(card: LiveCard): Promise<void> {
    const shown = this.#card(card.stay);
    if (card.version <= Math.max(version(shown), this.#leftAt(card.stay))) return;
    if (card.isGone) return this.#leave(card);
    if (this.#asked.has(card.stay)) return void this.#asked.set(card.stay, card.version);
    if (shown?.contains(document.activeElement)) return void (shown.dataset["stale"] = "changed");
    this.#asked.set(card.stay, card.version);
    await this.#reload(card).finally(() => this.#askAgainIfNewer(card));
  }

  /** Remembered: an answer that was on its way when the patient left must not bring them back. */
  #leave(card: LiveCard): void {
    this.#gone.set(card.stay, card.version);
    this.#take(this.#card(card.stay));
  }

  /** A card that holds focus is only said to have gone: the next key must not open another patient. */
  #take(shown: HTMLElement | undefined): void {
    if (shown?.contains(document.activeElement)) return void (shown.dataset["stale"] = "gone");
    shown?.remove();
    this.#arrangement.arrange();
  }

  #askAgainIfNewer(card: LiveCard): void {
    const newest = this.#asked.get(card.stay) ?? 0;
    this.#asked.delete(card.stay);
    if (newest > card.version) void this.#change({ ...card, version: newest });
  }

  async #reload(card: LiveCard): Promise<void> {
    const source = (this.#root.dataset["cardSrc"] ?? "").replace("{stay}", encodeURIComponent(card.stay));
    const answer = await ask(source, this.#stop.signal, { "Turbo-Frame": `card-${card.stay}` });
    if (answer?.ok) this.#place(card.stay, answer.page);
    else if (answer?.status === 404 || answer?.status === 410) this.#take(this.#card(card.stay));
    else if (hasFailed(answer)) this.#later(card);
    this.#arrangement.arrange();
  }

  /** A card that could not be fetched must not stay as it was for as long as nothing else happens to it. */
  #later(card: LiveCard): void {
    window.setTimeout(() => !this.#stop.signal.aborted && void this.#change(card), again);
  }

  #place(stay: string, page: Document): void {
    const next = page.getElementById(`card-${stay}`);
    const shown = this.#card(stay);
    if (!next || version(next) <= this.#leftAt(stay)) return;
    if (shown?.contains(document.activeElement)) return void (shown.dataset["stale"] = "changed");
    if (shown) morphElements(shown, next);
    else this.#cards.append(document.adoptNode(next));
    this.#glow(stay);
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
    const absent = [...this.#all().map(card => card.dataset["card"] ?? ""), ...this.#asked.keys()].filter(stay => !present.has(stay));
    absent.forEach(stay => void this.#change({ stay, version: board.position, isGone: true }));
    board.cards.forEach(card => void this.#change(card));
    this.#arrangement.arrange();
  }

  /** A card that changed under the user's cursor waits, marked as stale, until the cursor has left it. */
  #catchUp(): void {
    queueMicrotask(() => this.#all().filter(card => card.dataset["stale"] && !card.contains(document.activeElement)).forEach(card => {
      const isGone = card.dataset["stale"] === "gone";
      delete card.dataset["stale"];
      const stay = card.dataset["card"] ?? "";
      if (isGone) this.#take(card);
      else void this.#change({ stay, version: Math.max(version(card), this.#leftAt(stay)) + 1 });
    }));
  }

  #choose(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement && target.matches("[data-board-choice]")) this.#arrangement.choose(target);
  }

  #leftAt(stay: string): number {
    return this.#gone.get(stay) ?? 0;
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
