import { morphElements } from "@hotwired/turbo";
import type { LiveCard } from "./live";
import type { Module } from "./modules";
import { recall, remember } from "./device";
import { compare, type Order } from "./order";

const glow = 1500;

/** A unit's cards: fetches the one that changed and morphs it in place, keeps them sorted, counted and filtered. */
export class Board implements Module {
  readonly #root: HTMLElement;
  readonly #cards: HTMLElement;
  readonly #asked = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#cards = root.querySelector<HTMLElement>("[data-cards]") ?? root;
    this.#hear("handoff:card", event => void this.#change((event as CustomEvent<LiveCard>).detail));
    this.#hear("handoff:board", event => this.#compareWith((event as CustomEvent<{ cards: LiveCard[] }>).detail.cards));
    this.#hear("handoff:due", () => this.#arrange());
    root.addEventListener("change", event => this.#choose(event.target), { signal: this.#stop.signal });
    root.addEventListener("focusout", () => this.#catchUp(), { signal: this.#stop.signal });
    this.#restoreChoices();
    this.#arrange();
  }

  disconnect(): void {
    this.#stop.abort();
  }

  /** Version by version: an older card than the one shown is yesterday's news. */
  async #change(card: LiveCard): Promise<void> {
    const shown = this.#card(card.stay);
    if (shown && Number(shown.dataset["version"]) >= card.version) return;
    if (this.#asked.has(card.stay)) return void this.#asked.set(card.stay, card.version);
    if (shown?.contains(document.activeElement)) return void (shown.dataset["stale"] = "");
    this.#asked.set(card.stay, card.version);
    await this.#reload(card).finally(() => this.#askAgainIfNewer(card));
  }

  #askAgainIfNewer(card: LiveCard): void {
    const newest = this.#asked.get(card.stay) ?? 0;
    this.#asked.delete(card.stay);
    if (newest > card.version) void this.#change({ ...card, version: newest });
  }

  async #reload(card: LiveCard): Promise<void> {
    const source = (this.#root.dataset["cardSrc"] ?? "").replace("{stay}", encodeURIComponent(card.stay));
    const answer = await fetch(source, { headers: { "Turbo-Frame": `card-${card.stay}` }, signal: this.#stop.signal }).catch(() => null);
    if (answer?.status === 404 || answer?.status === 410) this.#card(card.stay)?.remove();
    if (answer?.ok) this.#place(card.stay, await answer.text());
    this.#arrange();
  }

  #place(stay: string, html: string): void {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById(`card-${stay}`);
    const shown = this.#card(stay);
    if (!next || shown?.contains(document.activeElement)) return;
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

  #compareWith(cards: LiveCard[]): void {
    const present = new Set(cards.map(card => card.stay));
    this.#all().filter(card => !present.has(card.dataset["card"] ?? "")).forEach(card => card.remove());
    cards.forEach(card => void this.#change(card));
    this.#arrange();
  }

  /** A card that changed under the user's cursor waits, marked as stale, until the cursor has left it. */
  #catchUp(): void {
    queueMicrotask(() => this.#all().filter(card => "stale" in card.dataset && !card.contains(document.activeElement)).forEach(card => {
      delete card.dataset["stale"];
      void this.#change({ stay: card.dataset["card"] ?? "", version: Number(card.dataset["version"]) + 1 });
    }));
  }

  #arrange(): void {
    this.#sort();
    this.#filter();
    this.#count();
  }

  /** Moves cards around the one that holds focus: an element that is moved loses it. */
  #sort(): void {
    const before = this.#all();
    const sorted = [...before].sort(compare(this.#chosen("sort") as Order));
    if (sorted.every((card, i) => card === before[i])) return;
    const held = sorted.find(card => card.contains(document.activeElement));
    const place = held ? sorted.indexOf(held) : sorted.length;
    sorted.slice(0, place).forEach(card => this.#cards.insertBefore(card, held ?? null));
    sorted.slice(place + 1).forEach(card => this.#cards.append(card));
  }

  #filter(): void {
    const wanted = this.#chosen("filter");
    for (const card of this.#all()) card.hidden = wanted !== "all" && !tags(card).includes(wanted);
  }

  #count(): void {
    const all = this.#all().flatMap(tags);
    for (const count of this.#root.querySelectorAll<HTMLElement>("[data-count]")) {
      const number = all.filter(tag => tag === count.dataset["count"]).length;
      count.querySelector("[data-number]")!.textContent = String(number);
      count.dataset["none"] = String(number === 0);
    }
    this.#root.querySelectorAll<HTMLElement>("[data-none-shown]").forEach(words => (words.hidden = this.#all().some(card => !card.hidden)));
  }

  #choose(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement) || !target.matches("[data-board-choice]")) return;
    remember(`board.${target.name}`, target.value);
    this.#arrange();
  }

  #restoreChoices(): void {
    for (const input of this.#root.querySelectorAll<HTMLInputElement>("input[data-board-choice]")) {
      if (recall(`board.${input.name}`) === input.value) input.checked = true;
    }
  }

  #chosen(name: string): string {
    return this.#root.querySelector<HTMLInputElement>(`input[data-board-choice][name=${name}]:checked`)?.value ?? "all";
  }

  #card(stay: string): HTMLElement | undefined {
    return this.#all().find(card => card.dataset["card"] === stay);
  }

  #all(): HTMLElement[] {
    return [...this.#cards.querySelectorAll<HTMLElement>(":scope > [data-card]")];
  }

  #hear(what: string, act: (event: Event) => void): void {
    document.addEventListener(what, act, { signal: this.#stop.signal });
  }
}

/** What a card is counted and filtered by: the server's words for it, and what the clock made of it since. */
function tags(card: HTMLElement): string[] {
  const due = card.querySelector<HTMLElement>("[data-due-limit]")?.dataset["severity"];
  return [...(card.dataset["tags"] ?? "").split(" "), ...(due ? [due] : [])];
}
