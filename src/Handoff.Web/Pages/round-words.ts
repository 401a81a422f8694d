import { wallClock } from "../Components/time";
import type { QueuedRequest, SendResult } from "../Live/send";

/** The patient whose row it is. */
export function nameIn(row: HTMLElement | undefined): string {
  return row?.querySelector(".round-name")?.textContent ?? "";
}

/** Where a patient was seen, and when. */
export function said(entry: QueuedRequest): string {
  return `${value(entry, "place")}, ${value(entry, "at") || wallClock(Date.parse(value(entry, "seenAt")))}`;
}

/** What was recorded with one tap. */
export function allSaid(checks: QueuedRequest[], nameOf: (stay: string) => string): string {
  const [first] = checks;
  if (!first) return "";
  return checks.length === 1 ? `${nameOf(first.stay)}: ${said(first)}` : `${checks.length} checks: ${value(first, "place")}`;
}

/** How many entries wait on this device, and for what. */
export function whyWaiting(count: number, result?: SendResult): string {
  const checks = count === 1 ? "1 entry waits" : `${count} entries wait`;
  if (result?.kind === "waiting" && result.why === "signed-out") return `${checks} on this device. Sign in again to send.`;
  if (result?.kind === "waiting" && result.why === "expired") return `${checks} on this device. Load this page again to send.`;
  return `${checks} on this device and will be sent, with their own times, when the line is back.`;
}

export function othersWait(count: number): string {
  return count === 0 ? "" : `${count === 1 ? "1 entry" : `${count} entries`} of somebody else wait here until they sign in.`;
}

function value(entry: QueuedRequest, field: string): string {
  return entry.fields.find(([name]) => name === field)?.[1] ?? "";
}
