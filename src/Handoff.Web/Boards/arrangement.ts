import { recall, remember } from "../Layout/device";
import { compare, tags, type Order } from "./order";

/** How a board's cards lie: sorted, filtered, counted. Done again whenever a card or the clock has changed something. */
export class Arrangement {
  readonly #root: HTMLElement;
  readonly #cards: HTMLElement;
  #overdue: number | undefined;

  constructor(root: HTMLElement, cards: HTMLElement) {
    this.#root = root;
    this.#cards = cards;
    this.#restoreOrder();
  }

  all(): HTMLElement[] {
    return [...this.#cards.querySelectorAll<HTMLElement>(":scope > [data-card]")];
  }

  arrange(): void {
    this.#sort();
    this.#filter();
    this.#count();
    this.#markSharedBeds();
    this.#showFreeBeds();
  }

  /**
   * The order is kept on this device. What is shown is not: a board that still hides patients when the next person looks at it
   * would look like a quiet unit.
   */
  choose(input: HTMLInputElement): void {
    if (input.name === "sort") remember("board.sort", input.value);
    this.arrange();
  }

  showAll(): void {
    const all = this.#root.querySelector<HTMLInputElement>("input[name=filter][value=all]");
    all?.click();
    all?.focus();
  }

  /** Moves cards around the one that holds focus: an element that is moved loses it. */
  #sort(): void {
    const before = this.all();
    const sorted = [...before].sort(compare(this.#chosen("sort") as Order));
    if (sorted.every((card, i) => card === before[i])) return;
    const held = sorted.find(card => card.contains(document.activeElement));
    const place = held ? sorted.indexOf(held) : sorted.length;
    sorted.slice(0, place).forEach(card => this.#cards.insertBefore(card, held ?? null));
    sorted.slice(place + 1).forEach(card => this.#cards.append(card));
  }

  /** A card that holds focus stays, whatever became of it; paper has all of them (print.css). */
  #filter(): void {
    const wanted = this.#chosen("filter");
    const isOut = (card: HTMLElement): boolean =>
      wanted !== "all" && !tags(card).includes(wanted) && !card.contains(document.activeElement);
    const hidden = this.all().filter(card => card.toggleAttribute("data-out", isOut(card)));
    this.#show("[data-none-shown]", hidden.length > 0 && hidden.length === this.all().length);
    this.#show("[data-empty]", this.all().length === 0);
  }

  #count(): void {
    const all = this.all().flatMap(tags);
    for (const count of this.#root.querySelectorAll<HTMLElement>("[data-count]")) {
      const number = all.filter(tag => tag === count.dataset["count"]).length;
      count.querySelector("[data-number]")!.textContent = String(number);
      count.dataset["none"] = String(number === 0);
    }
    document.querySelectorAll("[data-census]").forEach(census => (census.textContent = String(this.all().length)));
    this.#announce(all.filter(tag => tag === "overdue").length);
  }

  /** Said once for all of them, and only when there are more than before. */
  #announce(overdue: number): void {
    const says = this.#root.querySelector("[data-announce]");
    if (says && this.#overdue !== undefined && overdue !== this.#overdue) {
      says.textContent = overdue > this.#overdue ? `${overdue} overdue` : "";
    }
    this.#overdue = overdue;
  }

  #markSharedBeds(): void {
    const beds = this.all().map(bed);
    for (const card of this.all()) {
      const mark = card.querySelector<HTMLElement>("[data-bed-shared]");
      if (mark) mark.hidden = bed(card) === "" || beds.filter(other => other === bed(card)).length < 2;
    }
  }

  #showFreeBeds(): void {
    const taken = new Set(this.all().map(bed));
    const beds = [...document.querySelectorAll<HTMLElement>("[data-free-bed]")];
    beds.forEach(free => (free.hidden = taken.has(free.dataset["freeBed"] ?? "")));
    document.querySelectorAll<HTMLElement>("[data-free]").forEach(line => (line.hidden = beds.every(free => free.hidden)));
  }

  #restoreOrder(): void {
    for (const input of this.#root.querySelectorAll<HTMLInputElement>("[data-board-target=choice][name=sort]")) {
      if (recall("board.sort") === input.value) input.checked = true;
    }
  }

  #chosen(name: string): string {
    return this.#root.querySelector<HTMLInputElement>(`[data-board-target=choice][name=${name}]:checked`)?.value ?? "all";
  }

  #show(selector: string, isShown: boolean): void {
    this.#root.querySelectorAll<HTMLElement>(selector).forEach(element => (element.hidden = !isShown));
  }
}

function bed(card: HTMLElement): string {
  return card.dataset["bed"] ?? "";
}
