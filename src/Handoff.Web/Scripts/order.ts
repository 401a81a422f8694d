export type Order = "risk" | "bed" | "due";

type Compare = (one: HTMLElement, other: HTMLElement) => number;

/** The clock's part of a card's risk, on the server's scale (BoardCard.Risk). */
const clockRisks: Record<string, number> = { overdue: 3, due: 1 };

/** Compares two cards: worse first, by bed, or by the next limit. */
export function compare(order: Order): Compare {
  switch (order) {
    case "bed": return byBed;
    case "due": return (one, other) => limit(one) - limit(other) || byBed(one, other);
    default: return (one, other) => risk(other) - risk(one) || level(other) - level(one) || byBed(one, other);
  }
}

const byBed: Compare = (one, other) => (one.dataset["bed"] ?? "").localeCompare(other.dataset["bed"] ?? "", "en", { numeric: true });

/** The worse of what the server said and of what the clock made of it since. */
function risk(card: HTMLElement): number {
  return Math.max(Number(card.dataset["risk"] ?? 0), clockRisks[due(card)?.dataset["severity"] ?? ""] ?? 0);
}

function level(card: HTMLElement): number {
  return Number(card.dataset["level"] ?? 0);
}

function limit(card: HTMLElement): number {
  const at = Date.parse(due(card)?.dataset["dueLimit"] ?? "");
  return Number.isFinite(at) ? at : Number.MAX_SAFE_INTEGER;
}

function due(card: HTMLElement): HTMLElement | null {
  return card.querySelector<HTMLElement>("[data-due-limit]");
}
