import { morphElements } from "@hotwired/turbo";

/** The rows of a round: keeps each as the server knows it, and orders them by who is to be seen next. */
export class RoundRows {
  readonly #root: HTMLElement;
  readonly #list: HTMLElement;
  readonly #away: HTMLElement;
  readonly #asked = new Map<string, number>();

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#list = root.querySelector<HTMLElement>("[data-round-list]")!;
    this.#away = root.querySelector<HTMLElement>("[data-round-away]")!;
  }

  here(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>(":scope > [data-round]")];
  }

  of(stay: string): HTMLElement | undefined {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-round]")].find(row => row.dataset["round"] === stay);
  }

  /** Asks for a row anew; changes that arrive while the answer is on its way are asked for once more after it. */
  async refresh(stay: string): Promise<void> {
    const before = this.#asked.get(stay);
    this.#asked.set(stay, (before ?? 0) + 1);
    if (before !== undefined) return;
    for (let seen = 0; seen !== this.#asked.get(stay);) {
      seen = this.#asked.get(stay)!;
      await this.#load(stay);
    }
    this.#asked.delete(stay);
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

  async #load(stay: string): Promise<void> {
    const source = (this.#root.dataset["rowSrc"] ?? "").replace("{stay}", stay);
    const answer = await fetch(source, { headers: { Accept: "text/html" } }).catch(() => null);
    if (answer?.status === 404) this.of(stay)?.remove();
    if (answer?.ok && !answer.redirected) this.#put(stay, await answer.text());
    this.#count();
  }

  #put(stay: string, html: string): void {
    const next = new DOMParser().parseFromString(html, "text/html").getElementById(`round-${stay}`);
    const row = this.of(stay);
    if (!next) return;
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
