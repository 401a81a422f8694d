import { outbox } from "../Live/outbox";
import type { SendResult } from "../Live/send";
import type { RoundRows } from "./round-rows";
import { nameIn, othersWait, whyWaiting } from "./round-words";

/** The line above a round that says what waits on this device to be sent, and what the log refused. */
export class OutboxNote {
  readonly #note: HTMLElement;
  readonly #rows: RoundRows;

  constructor(note: HTMLElement, rows: RoundRows) {
    this.#note = note;
    this.#rows = rows;
  }

  /** @param result what became of what was sent last. */
  show(result?: SendResult): void {
    const waiting = outbox.waiting().filter(entry => entry.queued).length;
    const refused = this.refusedRow();
    const words = [this.#whyRefused(refused), waiting > 0 ? whyWaiting(waiting, result) : "", othersWait(outbox.ofOthers())];
    this.#note.querySelector("[data-words]")!.textContent = words.filter(Boolean).join(" ");
    this.#note.querySelector("button")!.hidden = !refused;
    this.#note.dataset["outboxNote"] = refused ? "refused" : "waiting";
    this.#note.hidden = words.every(part => part === "");
  }

  /** The first row with something that has to be corrected. */
  refusedRow(): HTMLElement | undefined {
    const refused = outbox.entries().filter(entry => entry.refused);
    return refused.map(entry => this.#rows.of(entry.stay)).find(row => row !== undefined);
  }

  #whyRefused(row: HTMLElement | undefined): string {
    const entry = outbox.entries().find(one => one.refused && one.stay === row?.dataset["round"]);
    return row && entry?.refused ? `Not recorded: ${nameIn(row)}. ${entry.refused.says}` : "";
  }
}
