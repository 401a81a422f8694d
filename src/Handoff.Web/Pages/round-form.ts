import { isFilled, isTick } from "../Components/fields";
import { now } from "../Components/time";

type Fields = [string, string][];

const recorded = ["place", "how", "remark", "at", "atWhich", "seenWhileAway"];

/** The one form of a round: it moves from patient to patient, and remembers for each what was chosen and typed but not recorded. */
export class RoundForm {
  readonly #form: HTMLFormElement;
  readonly #kept = new Map<string, Fields>();

  constructor(form: HTMLFormElement) {
    this.#form = form;
    form.dataset["quick"] = "";
  }

  /** The row in which it lies. */
  row(): HTMLElement | undefined {
    return this.#form.closest<HTMLElement>("[data-round]") ?? undefined;
  }

  /** Lays the form into a patient's row, with whatever was kept for them. */
  moveTo(row: HTMLElement, from?: HTMLElement): void {
    if (row === from) return;
    if (from?.dataset["round"]) this.#kept.set(from.dataset["round"], this.fields());
    this.cleared();
    this.#form.action = row.dataset["checkUrl"] ?? "";
    const page = this.#form.querySelector<HTMLAnchorElement>("[data-round-page]");
    if (page) page.href = `/stays/${row.dataset["round"]}`;
    row.append(this.#form);
    this.fill(this.#kept.get(row.dataset["round"] ?? "") ?? []);
  }

  /** What the form says now, with the moment of this call as when the patient was seen. */
  fields(seenAt = now()): Fields {
    const fields = [...new FormData(this.#form)].filter(([name, value]) => recorded.includes(name) && value !== "") as Fields;
    return [...fields, ["seenAt", new Date(seenAt).toISOString()]];
  }

  fill(fields: Fields): void {
    for (const [name, value] of fields) {
      for (const input of this.#inputs(name)) {
        if (isTick(input)) input.checked = input.value === value;
        else if (input.type !== "hidden") input.value = value;
        if (input.checked) input.closest("[data-which]")?.removeAttribute("hidden");
      }
    }
    for (const more of this.#form.querySelectorAll<HTMLInputElement>("[data-round-more]")) {
      more.checked = holdsSomething(more.closest("fieldset")!);
    }
  }

  /** Says what is wrong, at the field. */
  refuse(field: string, says: string): void {
    const known = ["place", "at", "atWhich", "seenWhileAway"].includes(field);
    const place = this.#form.querySelector<HTMLElement>(`#${known ? field : field === "reason" ? "remark" : "how"}`);
    if (place?.matches("[data-which]")) place.hidden = false;
    const more = place?.closest(".taps-more")?.closest("fieldset")?.querySelector<HTMLInputElement>("[data-round-more]");
    if (more) more.checked = true;
    const words = Object.assign(document.createElement("p"), { className: "error" });
    words.innerHTML = '<span class="mark" data-severity="overdue"></span>';
    words.firstElementChild!.textContent = says;
    (place?.closest("fieldset") ?? this.#form).prepend(words);
  }

  /** The form itself, with nothing in it. */
  cleared(): HTMLFormElement {
    this.#form.querySelectorAll<HTMLElement>("[data-which]").forEach(which => (which.hidden = true));
    this.#form.querySelectorAll(".errors, .error").forEach(words => words.remove());
    this.#form.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]").forEach(input => (input.checked = false));
    this.#form.querySelectorAll<HTMLInputElement>(".field input:not([type=radio]), .field textarea").forEach(input => (input.value = ""));
    return this.#form;
  }

  forget(stay: string): void {
    this.#kept.delete(stay);
  }

  isUntouched(): boolean {
    return this.fields().length === 1;
  }

  /**
   * Whether a finger's tap has completed where and how. Arrow keys, which pass over every choice, complete nothing, and neither does a tap
   * in a form with words in it.
   */
  isCompletedBy(tap: MouseEvent): boolean {
    const input = tap.target as HTMLInputElement;
    if (tap.detail === 0 || input.type !== "radio" || !this.#form.contains(input) || this.#isWordy()) return false;
    return this.#chosen("place") && this.#chosen("how");
  }

  #isWordy(): boolean {
    return this.#form.querySelector<HTMLInputElement>('[data-round-more="words"]')!.checked;
  }

  #chosen(name: string): boolean {
    return this.#inputs(name).some(input => input.checked);
  }

  #inputs(name: string): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)];
  }
}

function holdsSomething(group: HTMLElement): boolean {
  return [...group.querySelectorAll<HTMLInputElement>(".taps-more input, .taps-more textarea")].some(isFilled);
}
