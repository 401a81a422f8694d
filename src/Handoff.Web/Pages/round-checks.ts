import { outbox, type Sent } from "../Live/outbox";
import { newRequest, send, type QueuedRequest, type Refusal, type SendResult } from "../Live/send";
import type { OutboxNote } from "./round-outbox";
import type { RoundRows } from "./round-rows";
import { withdrawOffers } from "./round-undo";
import { nameIn, said } from "./round-words";

/** Records checks by way of the outbox, takes back what was not meant, and says at each patient's row what became of it. */
export class RoundChecks {
  readonly #rows: RoundRows;
  readonly #note: OutboxNote;
  readonly #isRefused: (row: HTMLElement, words: string) => void;
  /** The event that a request became, by which it can be taken back. */
  readonly #events = new Map<string, string>();
  readonly #unwanted = new Set<string>();

  constructor(rows: RoundRows, note: OutboxNote, isRefused: (row: HTMLElement, words: string) => void) {
    this.#rows = rows;
    this.#note = note;
    this.#isRefused = isRefused;
  }

  check(row: HTMLElement, fields: [string, string][]): QueuedRequest {
    return { request: newRequest(), action: row.dataset["checkUrl"] ?? "", stay: row.dataset["round"] ?? "", kind: "check", fields };
  }

  /** What was refused before goes: this is said in its place. */
  post(checks: QueuedRequest[]): void {
    for (const check of checks) {
      outbox.entries().filter(old => old.refused && old.stay === check.stay).forEach(old => outbox.withdraw(old.request));
      this.#rows.note(this.#rows.of(check.stay)!, "sending", `recording · ${said(check)}`);
      outbox.post(check);
    }
    this.#note.show();
  }

  /** A skip says that somebody could not look just now, so it doesn't wait for the line. */
  async skip(row: HTMLElement, fields: [string, string][]): Promise<Refusal | undefined> {
    const result = await send(this.check(row, [...fields, ["act", "skip"]]));
    if (result.kind === "waiting") return { field: "reason", says: "No connection: not recorded. Your words are kept; try again." };
    return result.kind === "refused" ? result.refusal : undefined;
  }

  /** What is on its way is taken back when it has arrived. */
  undo(check: QueuedRequest): void {
    const event = this.#events.get(check.request);
    if (event) this.#takeBack(check, event);
    else if (!outbox.withdraw(check.request)) this.#unwanted.add(check.request);
    const row = this.#rows.of(check.stay);
    if (row) this.#rows.note(row, "none");
  }

  settle({ entry, result }: Sent): void {
    if (result.kind === "waiting") return this.show(result);
    this.#note.show(result);
    const row = this.#rows.of(entry.stay);
    if (result.kind === "recorded" && entry.kind === "check") this.#recorded(entry, result.events[0] ?? "");
    if (row && result.kind === "refused") this.#refused(row, entry, result.refusal.says);
    else if (row && !outbox.entries().some(other => other.stay === entry.stay)) this.#rows.note(row, "none");
    this.#rows.refresh(entry.stay);
  }

  /** What lies in the outbox, at its rows. */
  show(result?: SendResult): void {
    for (const entry of outbox.entries()) {
      const row = this.#rows.of(entry.stay);
      if (!row) continue;
      if (entry.refused) this.#refused(row, entry, entry.refused.says);
      else this.#rows.note(row, "waiting", `waiting to send · ${entry.kind === "undo" ? "undo" : said(entry)}`);
    }
    this.#note.show(result);
  }

  /** What was typed for a patient and refused. */
  refusedFor(row: HTMLElement): QueuedRequest | undefined {
    return outbox.entries().find(entry => entry.refused && entry.kind === "check" && entry.stay === row.dataset["round"]);
  }

  #takeBack({ action, stay }: QueuedRequest, event: string): void {
    outbox.post({ request: newRequest(), action: `${action}/undo`, stay, kind: "undo", fields: [["check", event]] });
  }

  #recorded(check: QueuedRequest, event: string): void {
    this.#events.set(check.request, event);
    if (this.#unwanted.delete(check.request)) this.#takeBack(check, event);
  }

  #refused(row: HTMLElement, entry: QueuedRequest, says: string): void {
    withdrawOffers();
    const words = entry.kind === "undo" ? `Not undone: ${says}` : `Not recorded: ${says}`;
    this.#rows.note(row, "refused", words);
    if (entry.kind === "undo") outbox.withdraw(entry.request);
    this.#isRefused(row, `${nameIn(row)}. ${words}`);
  }
}
