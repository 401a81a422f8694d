import { Controller } from "@hotwired/stimulus";
import { now } from "../Components/time";
import type { LiveBoard, LiveCard } from "../Live/live";
import type { Sent } from "../Live/outbox";
import type { QueuedRequest } from "../Live/send";
import { RoundChecks } from "./round-checks";
import { RoundForm } from "./round-form";
import { OpenRow } from "./round-open";
import { OutboxNote } from "./round-outbox";
import { RoundRows } from "./round-rows";
import { SeveralSeen } from "./round-several";
import { offerUndo } from "./round-undo";
import { allSaid, nameIn } from "./round-words";

/** A round with one thumb: patient, where, how; recorded at once, the next patient opens, and for eight seconds it can be undone. */
export class Rounds extends Controller<HTMLElement> {
  static override values = { rowUrl: String };
  static override targets = ["list", "away", "outbox", "says", "sheet", "toast"];

  /** Where a row is asked for; `{stay}` stands for the patient. */
  declare readonly rowUrlValue: string;
  declare readonly listTarget: HTMLElement;
  declare readonly awayTarget: HTMLDetailsElement;
  declare readonly outboxTarget: HTMLElement;
  declare readonly saysTarget: HTMLElement;
  declare readonly sheetTarget: HTMLElement;
  declare readonly toastTarget: HTMLTemplateElement;

  #rows!: RoundRows;
  #note!: OutboxNote;
  #checks!: RoundChecks;
  #several!: SeveralSeen;
  /** Neither is there where nobody is to be seen now. */
  #form: RoundForm | undefined;
  #open: OpenRow | undefined;

  override connect(): void {
    const form = this.element.querySelector<HTMLFormElement>("form.round-form");
    this.#rows = new RoundRows(this.listTarget, this.awayTarget, this.rowUrlValue);
    this.#note = new OutboxNote(this.outboxTarget, this.#rows);
    this.#checks = new RoundChecks(this.#rows, this.#note, (row, words) => {
      this.saysTarget.textContent = words;
      this.#open?.showRefusal(row);
    });
    this.#several = new SeveralSeen(this.sheetTarget, this.#rows);
    this.#form = form ? new RoundForm(form) : undefined;
    this.#open = this.#form && new OpenRow(this.#rows, this.#form, this.#checks);
    if (form) this.#several.offer();
    this.#checks.show();
  }

  override disconnect(): void {
    this.#rows.stop();
  }

  /** A patient's head opens the form for them, or ticks them. */
  tap(event: MouseEvent): void {
    const row = (event.currentTarget as HTMLElement).closest<HTMLElement>("[data-round]");
    if (!row || !this.#open || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (this.#several.isOn) this.#several.tick(row);
    else this.#open.show(row === this.#open.row ? undefined : row);
  }

  /** The tap that completes where and how records. */
  choose(event: MouseEvent): void {
    if (this.#form?.isCompletedBy(event)) this.#record();
  }

  submit(event: SubmitEvent): void {
    event.preventDefault();
    const act = (event.submitter as HTMLButtonElement | null)?.value;
    if (act === "skip" && !this.#several.isOn && this.#open?.row) void this.#skip(this.#open.row);
    else this.#record();
  }

  sent({ detail }: CustomEvent<Sent>): void {
    this.#checks.settle(detail);
  }

  correct(): void {
    const row = this.#note.refusedRow();
    if (!row) return;
    this.#rows.arrange();
    this.#open?.show(row);
    row.scrollIntoView({ block: "center" });
  }

  /** A phone that is picked up again shows who is next now; while somebody looks at it, nothing moves under the thumb. */
  pickUp(): void {
    if (!document.hidden && !this.#several.isOn && this.#form?.isUntouched()) this.#open?.first();
  }

  change({ detail }: CustomEvent<LiveCard>): void {
    this.#rows.change(detail);
  }

  compare({ detail }: CustomEvent<LiveBoard>): void {
    this.#rows.compare(detail);
  }

  switchSeveral(tap: Event): void {
    if (this.#form && this.#several.isSwitchedBy(tap)) this.#setSeveral(!this.#several.isOn);
  }

  #setSeveral(isOn: boolean): void {
    this.#open?.show(undefined);
    if (isOn) return this.#several.begin(this.#form!.cleared());
    this.#several.end();
    const [first] = this.#rows.here();
    if (first) this.#form!.moveTo(first);
  }

  #record(): void {
    const row = this.#open?.row;
    const seen: [HTMLElement, number][] = this.#several.isOn ? this.#several.seen() : row ? [[row, now()]] : [];
    const checks = seen.map(([row, at]) => this.#checks.check(row, this.#form!.fields(at)));
    if (this.#several.isOn) this.#setSeveral(false);
    else if (!row) return;
    checks.forEach(check => this.#form!.forget(check.stay));
    this.#checks.post(checks);
    this.#form!.cleared();
    offerUndo(this.toastTarget, allSaid(checks, stay => nameIn(this.#rows.of(stay))), () => this.#undo(checks));
    this.#open?.next();
  }

  #undo(checks: QueuedRequest[]): void {
    checks.forEach(check => this.#checks.undo(check));
    this.#rows.arrange();
    this.#open?.show(this.#rows.of(checks[0]?.stay ?? ""));
  }

  async #skip(row: HTMLElement): Promise<void> {
    const refusal = await this.#checks.skip(row, this.#form!.fields());
    if (refusal) return this.#form!.refuse(refusal.field, refusal.says);
    this.#form!.cleared();
    this.#form!.forget(row.dataset["round"] ?? "");
    this.saysTarget.textContent = `${nameIn(row)}: not seen, recorded`;
    this.#open?.next(row);
  }
}
