export type Order = "risk" | "bed" | "due";

type Compare = (one: HTMLElement, other: HTMLElement) => number;

/** The clock's part of a card's risk, on the server's scale (BoardCard.Risk). */
const clockRisks: Record<string, number> = { overdue: 3, late: 2, due: 1 };

/** Compares two cards: worse first, by bed, or by the next limit. */
export function compare(order: Order): Compare {
  switch (order) {
    case "bed": return byBed;
    case "due": return (one, other) => limit(one) - limit(other) || byBed(one, other);
    default: return (one, other) => risk(other) - risk(one) || number(other, "level") - number(one, "level") || byBed(one, other);
  }
}

/** What a card is counted and filtered by: the server's words for it, and what the clock made of it since. */
export function tags(card: HTMLElement): string[] {
  const due = mark(card, "[data-due-limit]")?.dataset["severity"] ?? "";
  const back = mark(card, "[data-return]")?.dataset["severity"] === "overdue" ? "late" : "";
  return [...(card.dataset["tags"] ?? "").split(" "), due, back];
}

/** Bed 2 comes before bed 10. */
const byBed: Compare = (one, other) => (one.dataset["bed"] ?? "").localeCompare(other.dataset["bed"] ?? "", "en", { numeric: true });

/** The worse of what the server said and of what the clock made of it since. */
function risk(card: HTMLElement): number {
  return Math.max(number(card, "risk"), ...tags(card).map(tag => clockRisks[tag] ?? 0));
}

function limit(card: HTMLElement): number {
  const at = Date.parse(mark(card, "[data-due-limit]")?.dataset["dueLimit"] ?? "");
  return Number.isFinite(at) ? at : Number.MAX_SAFE_INTEGER;
}

function number(card: HTMLElement, name: string): number {
  return Number(card.dataset[name] ?? 0);
}

function mark(card: HTMLElement, selector: string): HTMLElement | null {
  return card.querySelector<HTMLElement>(selector);
}
