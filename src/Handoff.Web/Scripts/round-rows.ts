import { morphElements } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";

/** The rows of a round: keeps each as the server knows it, and orders them by who is to be seen next. */
export class RoundRows {
  readonly #root: HTMLElement;
  readonly #list: HTMLElement;
  readonly #away: HTMLElement;
  readonly #asked = new Map<string, Asking>();
  readonly #gone = new Map<string, number>();

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#list = root.querySelector<HTMLElement>("[data-round-list]")!;
    this.#away = root.querySelector<HTMLElement>("[data-round-away]")!;
  }

  here(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>(":scope > [data-round]")];
  }

  stays(): string[] {
    return this.#all().map(row => row.dataset["round"] ?? "");
  }

  of(stay: string): HTMLElement | undefined {
    return this.#all().find(row => row.dataset["round"] === stay);
  }

  /** Asks for a row anew, until the server has said how it stands. */
  refresh(stay: string): void {
    const source = (): string => (this.#root.dataset["rowSrc"] ?? "").replace("{stay}", stay);
    const asking = this.#asked.get(stay) ?? new Asking(source, answer => this.#take(stay, answer));
    this.#asked.set(stay, asking);
    asking.now();
  }

  /** Remembered: a row that was written before the patient left must not bring them back. */
  leave(stay: string, version = 0): void {
    this.#gone.set(stay, Math.max(version, this.#gone.get(stay) ?? 0));
    this.of(stay)?.remove();
    this.#count();
  }

  /** The row as the server wrote it; an older one that comes late changes nothing. */
  put(stay: string, html: string): void {
    this.#put(stay, new DOMParser().parseFromString(html, "text/html"));
    this.#count();
  }

  stop(): void {
    this.#asked.forEach(asking => asking.stop());
  }

  /** Asked for first, by the hard limit; then by when they will be asked for; what is on its way to the log last. */
  arrange(): void {
    const before = this.here();
    const sorted = [...before].sort((one, other) => place(one) - place(other) || due(one) - due(other) || bed(one).localeCompare(bed(other), "en", { numeric: true }));
    if (sorted.some((row, i) => row !== before[i])) this.#list.append(...sorted);
  }

  note(row: HTMLElement, state: "sending" | "waiting" | "refused" | "none", words = ""): void {
    const note = row.querySelector<HTMLElement>("[data-round-note]")!;
    row.dataset["state"] = state;
    note.hidden = state === "none";
    note.textContent = words;
  }

  #all(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-round]")];
  }

  #take(stay: string, answer: Answer | null): void {
    if (answer?.status === 404) return this.leave(stay);
    if (answer?.ok) this.#put(stay, answer.page);
    this.#count();
  }

  #put(stay: string, page: Document): void {
    const next = page.getElementById(`round-${stay}`);
    const row = this.of(stay);
    const newest = Number(next?.dataset["version"] ?? 0);
    if (!next || newest < Number(row?.dataset["version"] ?? 0) || newest <= (this.#gone.get(stay) ?? 0)) return;
    const list = "away" in next.dataset ? this.#away : this.#list;
    if (!row) return void list.append(document.adoptNode(next));
    for (const name of ["version", "bed", "action"]) row.dataset[name] = next.dataset[name] ?? "";
    this.#head(row, next);
    if (row.parentElement !== list) this.#moveTo(list, row, next);
  }

  #head(row: HTMLElement, next: HTMLElement): void {
    const head = row.querySelector<HTMLElement>("[data-round-head]")!;
    const fresh = next.querySelector<HTMLElement>("[data-round-head]")!;
    if (fresh.hasAttribute("aria-expanded")) fresh.setAttribute("aria-expanded", String("open" in row.dataset));
    morphElements(head, fresh);
  }

  #moveTo(list: HTMLElement, row: HTMLElement, next: HTMLElement): void {
    if ("away" in next.dataset) row.dataset["away"] = "";
    else delete row.dataset["away"];
    list.append(row);
  }

  #count(): void {
    const away = this.#away.childElementCount;
    this.#root.querySelector<HTMLElement>("[data-round-away-fold]")!.hidden = away === 0;
    this.#root.querySelector("[data-round-away-count]")!.textContent = String(away);
  }
}

function place(row: HTMLElement): number {
  if (row.dataset["state"] === "refused") return 0;
  if (row.dataset["state"] === "sending" || row.dataset["state"] === "waiting") return 3;
  return mark(row)?.dataset["severity"] === "calm" ? 2 : 1;
}

function due(row: HTMLElement): number {
  const data = mark(row)?.dataset;
  return Date.parse((data?.["severity"] === "calm" ? data["dueFrom"] : data?.["dueLimit"]) ?? "") || 0;
}

function bed(row: HTMLElement): string {
  return row.dataset["bed"] ?? "";
}

function mark(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>("[data-due-limit]");
}
