import { now, wallClock } from "../Components/time";
import type { RoundRows } from "./round-rows";
import { nameIn } from "./round-words";

/** Several patients who are seen together: each is ticked at the moment they are seen, and one form then says where and how they were. */
export class SeveralSeen {
  readonly #sheet: HTMLElement;
  readonly #rows: RoundRows;
  /** Stands in the head of the page. */
  readonly #switch = document.querySelector<HTMLElement>("[data-round-several]");
  readonly #seen = new Map<string, number>();
  #isOn = false;

  constructor(sheet: HTMLElement, rows: RoundRows) {
    this.#sheet = sheet;
    this.#rows = rows;
  }

  offer(): void {
    if (this.#switch) this.#switch.hidden = false;
  }

  isSwitchedBy(tap: Event): boolean {
    return this.#switch?.contains(tap.target as Node) ?? false;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Who was seen, and when. */
  seen(): [HTMLElement, number][] {
    return [...this.#seen].map(([stay, at]) => [this.#rows.of(stay)!, at]);
  }

  /** @param form lies in the sheet while several are ticked. */
  begin(form: HTMLFormElement): void {
    this.#set(true);
    this.#sheet.append(form);
  }

  end(): void {
    this.#set(false);
  }

  /** Each is seen at the moment of their own tap. */
  tick(row: HTMLElement): void {
    const stay = row.dataset["round"] ?? "";
    if (!this.#seen.delete(stay)) this.#seen.set(stay, now());
    this.#mark(row);
    this.#showChosen();
  }

  #set(isOn: boolean): void {
    this.#isOn = isOn;
    this.#seen.clear();
    this.#switch?.setAttribute("aria-pressed", String(isOn));
    this.#sheet.hidden = !isOn;
    this.#rows.here().forEach(row => this.#mark(row));
    this.#showChosen();
  }

  #mark(row: HTMLElement): void {
    const at = this.#seen.get(row.dataset["round"] ?? "");
    row.toggleAttribute("data-ticked", at !== undefined);
    say(this.#rows.head(row), "aria-expanded", undefined);
    say(this.#rows.head(row), "role", this.#isOn ? "checkbox" : undefined);
    say(this.#rows.head(row), "aria-checked", this.#isOn ? String(at !== undefined) : undefined);
    this.#rows.note(row, at === undefined ? "none" : "sending", at === undefined ? "" : `seen ${wallClock(at)}`);
  }

  #showChosen(): void {
    const names = [...this.#seen.keys()].map(stay => nameIn(this.#rows.of(stay)));
    this.#sheet.querySelector("[data-round-chosen]")!.textContent = names.length === 0 ? "" : `${names.length} seen: ${names.join(" · ")}`;
    this.#sheet.querySelector<HTMLElement>("[data-round-hint]")!.hidden = names.length > 0;
    this.#sheet.toggleAttribute("data-ready", names.length > 0);
  }
}

function say(element: HTMLElement, attribute: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
