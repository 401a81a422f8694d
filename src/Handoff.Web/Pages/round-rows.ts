import { morphElements } from "@hotwired/turbo";
import { LatestFetch, type Answer } from "../Live/latest-fetch";
import type { LiveBoard, LiveCard } from "../Live/live";
import { compareRows } from "./round-order";

/** The rows of a round: keeps each as the server knows it, and orders them by who is to be seen next. */
export class RoundRows {
  readonly #list: HTMLElement;
  readonly #fold: HTMLElement;
  readonly #away: HTMLElement;
  readonly #url: string;
  readonly #fetches = new Map<string, LatestFetch>();
  readonly #gone = new Map<string, number>();

  /**
   * @param fold holds those who are away.
   * @param url where a row is asked for; `{stay}` stands for the patient.
   */
  constructor(list: HTMLElement, fold: HTMLElement, url: string) {
    this.#list = list;
    this.#fold = fold;
    this.#away = fold.querySelector("ul")!;
    this.#url = url;
  }

  here(): HTMLElement[] {
    return rowsIn(this.#list);
  }

  of(stay: string): HTMLElement | undefined {
    return this.#all().find(row => row.dataset["round"] === stay);
  }

  /** Asks for a row anew, until the server has said how it stands. */
  refresh(stay: string): void {
    const fetch = this.#fetches.get(stay) ?? new LatestFetch(() => this.#url.replace("{stay}", stay), answer => this.#take(stay, answer));
    this.#fetches.set(stay, fetch);
    fetch.now();
  }

  /** The row as the server wrote it; an older one that comes late changes nothing. */
  change(card: LiveCard): void {
    if (Number(this.of(card.stay)?.dataset["version"] ?? 0) >= card.version) return;
    if (card.isGone) this.#leave(card.stay, card.version);
    else if (card.html) this.#put(card.stay, new DOMParser().parseFromString(card.html, "text/html"));
    this.#count();
  }

  /** After the line was lost: who is on the board no more has left. */
  compare(board: LiveBoard): void {
    const present = new Set(board.cards.map(card => card.stay));
    const absent = this.#all().map(row => row.dataset["round"] ?? "").filter(stay => !present.has(stay));
    absent.forEach(stay => this.change({ stay, version: board.position, isGone: true }));
    board.cards.forEach(card => this.change(card));
  }

  stop(): void {
    this.#fetches.forEach(fetch => fetch.stop());
  }

  arrange(): void {
    const before = this.here();
    const sorted = [...before].sort(compareRows);
    if (sorted.some((row, i) => row !== before[i])) this.#list.append(...sorted);
  }

  head(row: HTMLElement): HTMLElement {
    return row.querySelector<HTMLElement>("[data-round-head]")!;
  }

  expand(row: HTMLElement, isOpen: boolean): void {
    row.toggleAttribute("data-open", isOpen);
    this.head(row).setAttribute("aria-expanded", String(isOpen));
  }

  note(row: HTMLElement, state: "sending" | "waiting" | "refused" | "none", words = ""): void {
    const note = row.querySelector<HTMLElement>("[data-round-note]")!;
    row.dataset["state"] = state;
    note.hidden = state === "none";
    note.textContent = words;
  }

  #all(): HTMLElement[] {
    return [...rowsIn(this.#list), ...rowsIn(this.#away)];
  }

  #take(stay: string, answer: Answer | null): void {
    if (answer?.status === 404) this.#leave(stay);
    else if (answer?.ok) this.#put(stay, answer.page);
    this.#count();
  }

  /** Remembered: a row that was written before the patient left must not bring them back. */
  #leave(stay: string, version = 0): void {
    this.#gone.set(stay, Math.max(version, this.#gone.get(stay) ?? 0));
    this.of(stay)?.remove();
  }

  #put(stay: string, page: Document): void {
    const next = page.getElementById(`round-${stay}`);
    const row = this.of(stay);
    const newest = Number(next?.dataset["version"] ?? 0);
    if (!next || newest < Number(row?.dataset["version"] ?? 0) || newest <= (this.#gone.get(stay) ?? 0)) return;
    const list = "away" in next.dataset ? this.#away : this.#list;
    if (!row) return void list.append(document.adoptNode(next));
    for (const name of ["version", "bed", "checkUrl"]) row.dataset[name] = next.dataset[name] ?? "";
    this.#morphHead(row, next);
    row.toggleAttribute("data-away", "away" in next.dataset);
    if (row.parentElement !== list) list.append(row);
  }

  #morphHead(row: HTMLElement, next: HTMLElement): void {
    const fresh = this.head(next);
    if (fresh.hasAttribute("aria-expanded")) fresh.setAttribute("aria-expanded", String("open" in row.dataset));
    morphElements(this.head(row), fresh);
  }

  #count(): void {
    const away = this.#away.childElementCount;
    this.#fold.hidden = away === 0;
    this.#fold.querySelector("[data-round-away-count]")!.textContent = String(away);
  }
}

function rowsIn(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(":scope > [data-round]")];
}
