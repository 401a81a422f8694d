export type Order = "risk" | "bed" | "due";

const severities = ["overdue", "due"];

/** Compares two cards: worse first, by bed, or by the next limit. */
export function compare(order: Order): (one: HTMLElement, other: HTMLElement) => number {
  switch (order) {
    case "bed": return byBed;
    case "due": return (one, other) => limit(one) - limit(other) || byBed(one, other);
    default: return (one, other) => urgency(one) - urgency(other) || risk(other) - risk(one) || byBed(one, other);
  }
}

function byBed(one: HTMLElement, other: HTMLElement): number {
  return (one.dataset["bed"] ?? "").localeCompare(other.dataset["bed"] ?? "", "en", { numeric: true });
}

function risk(card: HTMLElement): number {
  return Number(card.dataset["risk"] ?? 0);
}

function limit(card: HTMLElement): number {
  const at = Date.parse(due(card)?.dataset["dueLimit"] ?? "");
  return Number.isFinite(at) ? at : Number.MAX_SAFE_INTEGER;
}

function urgency(card: HTMLElement): number {
  const place = severities.indexOf(due(card)?.dataset["severity"] ?? "");
  return place < 0 ? severities.length : place;
}

function due(card: HTMLElement): HTMLElement | null {
  return card.querySelector<HTMLElement>("[data-due-limit]");
}
