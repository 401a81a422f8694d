/** Compares two rows: asked for first, by the hard limit; then by when they will be asked for; what is on its way to the log last. */
export function compareRows(one: HTMLElement, other: HTMLElement): number {
  return place(one) - place(other) || due(one) - due(other) || bed(one).localeCompare(bed(other), "en", { numeric: true });
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
