import type { RoundChecks } from "./round-checks";
import type { RoundForm } from "./round-form";
import type { RoundRows } from "./round-rows";

/** The one row of a round in which the form lies open. */
export class OpenRow {
  readonly #rows: RoundRows;
  readonly #form: RoundForm;
  readonly #checks: RoundChecks;
  #row: HTMLElement | undefined;

  constructor(rows: RoundRows, form: RoundForm, checks: RoundChecks) {
    this.#rows = rows;
    this.#form = form;
    this.#checks = checks;
    this.#row = form.row();
  }

  get row(): HTMLElement | undefined {
    return this.#row;
  }

  show(row: HTMLElement | undefined): void {
    const from = this.#row;
    this.#row = row;
    for (const one of this.#rows.here()) this.#rows.expand(one, one === row);
    if (!row) return;
    this.#form.moveTo(row, from);
    this.showRefusal(row);
  }

  /** Who is to be seen first now. */
  first(): void {
    this.#rows.arrange();
    this.show(this.#rows.here()[0]);
  }

  /** The next patient's form opens at the top, where the thumb is. */
  next(after?: HTMLElement): void {
    this.#rows.arrange();
    const row = this.#rows.here().find(one => one !== after);
    this.#row = undefined;
    this.show(row);
    if (!row) return;
    this.#rows.head(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  /** What was typed and refused is in the form again, with the log's words at the field. */
  showRefusal(row: HTMLElement): void {
    const entry = this.#checks.refusedFor(row);
    if (row !== this.#row || !entry?.refused || !this.#form.isUntouched()) return;
    this.#form.fill(entry.fields);
    this.#form.refuse(entry.refused.field, entry.refused.says);
  }
}
