import { Controller } from "@hotwired/stimulus";
import { beginDraft, draftName, forgetDraft, keepDraft, recallDraft } from "./draft-memory";
import { isField, isFilled, isTick } from "./fields";
import { wallClock } from "./time";

const secret = new Set(["request", "__RequestVerificationToken"]);

/** Turbo is about to bring an element up to date. */
export type MorphEvent = CustomEvent<{ newElement: Element }>;

/** Keeps what was typed in a form until it is sent, so that a lost connection or a closed tab costs no words. */
export class Draft extends Controller<HTMLFormElement> {
  static override values = { key: String };
  static override targets = ["note", "at"];

  declare readonly keyValue: string;
  declare readonly noteTargets: HTMLElement[];
  declare readonly atTargets: HTMLElement[];

  #name = "";
  #timer = 0;
  #isUnsent = false;

  override connect(): void {
    beginDraft();
    this.#name = draftName(this.keyValue);
    this.#restore();
  }

  override disconnect(): void {
    this.hurry();
  }

  later(): void {
    this.#isUnsent = true;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keep(), 300);
  }

  /**
   * Whoever types on while the page is being replaced finds their words on the next one, which reads them before this one is told to go.
   */
  hurry(): void {
    if (this.#timer) this.#keep();
  }

  sent({ detail }: CustomEvent<{ success: boolean }>): void {
    this.#stop();
    if (detail.success) this.#forget();
  }

  discard(): void {
    this.#stop();
    this.#forget();
    this.element.reset();
    this.noteTargets.forEach(note => (note.hidden = true));
  }

  hold(event: MorphEvent): void {
    if (this.#isUnsent) holdTyped(this.element, event);
  }

  #keep(): void {
    this.#stop();
    keepDraft(this.#name, { fields: this.#inputs().filter(isFilled).map(input => [input.name, input.value]) });
  }

  #restore(): void {
    const kept = recallDraft(this.#name);
    if (!kept || this.element.querySelector("[data-controller~=error-summary]")) return;
    for (const input of this.#inputs()) put(input, kept.fields.filter(([name]) => name === input.name).map(([, value]) => value));
    for (const folded of this.element.querySelectorAll("details")) {
      folded.open ||= this.#inputs().some(input => folded.contains(input) && isFilled(input));
    }
    this.#isUnsent = true;
    this.noteTargets.forEach(note => (note.hidden = false));
    this.atTargets.forEach(at => (at.textContent = wallClock(kept.at)));
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #forget(): void {
    this.#isUnsent = false;
    forgetDraft(this.#name);
  }

  #inputs(): HTMLInputElement[] {
    return [...this.element.querySelectorAll<HTMLInputElement>("input, textarea, select")]
      .filter(input => input.name !== "" && !["hidden", "password", "file"].includes(input.type) && !secret.has(input.name));
  }
}

/** A page that comes again because another form was sent must not take back what is being typed in this one. */
export function holdTyped(form: HTMLFormElement, event: MorphEvent): void {
  const [typed, fresh] = [event.target, event.detail.newElement];
  if (!isField(typed) || !isField(fresh) || fresh.form?.dataset["draftKeyValue"] !== form.dataset["draftKeyValue"]) return;
  if (isTick(typed) ? typed.checked !== fresh.checked : typed.value !== fresh.value) event.preventDefault();
}

function put(input: HTMLInputElement, values: string[]): void {
  if (isTick(input)) input.checked = values.includes(input.value);
  else if (values[0] !== undefined) input.value = values[0];
}
