import { now } from "./time";

type Fields = [string, string][];

/** The one form of a round: it moves from patient to patient, and remembers for each what was chosen and typed but not recorded. */
export class RoundForm {
  readonly #form: HTMLFormElement;
  readonly #kept = new Map<string, Fields>();

  constructor(form: HTMLFormElement, record: (act: string) => void) {
    this.#form = form;
    form.dataset["quick"] = "";
    form.addEventListener("click", event => this.#tapped(event, record));
    form.addEventListener("submit", event => {
      event.preventDefault();
      record((event.submitter as HTMLButtonElement | null)?.value ?? "check");
    });
  }

  /** Lays the form into a patient's row, with whatever was kept for them. */
  moveTo(row: HTMLElement, from?: HTMLElement): void {
    if (row === from) return;
    if (from?.dataset["round"]) this.#kept.set(from.dataset["round"], this.fields());
    this.clear();
    this.#form.action = row.dataset["action"] ?? "";
    const page = this.#form.querySelector<HTMLAnchorElement>("[data-round-page]");
    if (page) page.href = `/stays/${row.dataset["round"]}`;
    row.append(this.#form);
    this.fill(this.#kept.get(row.dataset["round"] ?? "") ?? []);
  }

  /** What the form says now, with the moment of this call as when the patient was seen. */
  fields(seenAt = now()): Fields {
    const fields = [...new FormData(this.#form)].filter(([name]) => ["place", "how", "remark", "at", "atWhich", "seenWhileAway"].includes(name)) as Fields;
    return [...fields.filter(([, value]) => value !== ""), ["seenAt", new Date(seenAt).toISOString()]];
  }

  fill(fields: Fields): void {
    for (const [name, value] of fields) {
      for (const input of this.#inputs(name)) {
        if (isChoice(input)) input.checked = input.value === value;
        else if (input.type !== "hidden") input.value = value;
        if (input.checked) input.closest("[data-which]")?.removeAttribute("hidden");
      }
    }
    for (const more of this.#form.querySelectorAll<HTMLInputElement>("[data-round-more]")) more.checked = holdsSomething(more.closest("fieldset")!);
  }

  /** Says what is wrong, at the field. */
  refuse(field: string, says: string): void {
    const place = this.#form.querySelector<HTMLElement>(`#${["place", "at", "atWhich", "seenWhileAway"].includes(field) ? field : field === "reason" ? "remark" : "how"}`);
    if (place?.matches("[data-which]")) place.hidden = false;
    const more = place?.closest(".taps-more")?.closest("fieldset")?.querySelector<HTMLInputElement>("[data-round-more]");
    if (more) more.checked = true;
    const words = Object.assign(document.createElement("p"), { className: "error" });
    words.innerHTML = '<span class="mark" data-severity="overdue"></span>';
    words.firstElementChild!.textContent = says;
    (place?.closest("fieldset") ?? this.#form).prepend(words);
  }

  clear(): void {
    this.#form.querySelectorAll<HTMLElement>("[data-which]").forEach(which => (which.hidden = true));
    this.#form.querySelectorAll(".errors, .error").forEach(words => words.remove());
    this.#form.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]").forEach(input => (input.checked = false));
    this.#form.querySelectorAll<HTMLInputElement>(".field input:not([type=radio]), .field textarea").forEach(input => (input.value = ""));
  }

  forget(stay: string): void {
    this.#kept.delete(stay);
  }

  isUntouched(): boolean {
    return this.fields().length === 1;
  }

  /** A finger's tap that completes where and how records; arrow keys, which pass over every choice, don't, and neither does a form with words in it. */
  #tapped(event: MouseEvent, record: (act: string) => void): void {
    const input = event.target as HTMLInputElement;
    if (event.detail === 0 || input.type !== "radio" || this.#isWordy()) return;
    if (this.#chosen("place") && this.#chosen("how")) record("check");
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
  return [...group.querySelectorAll<HTMLInputElement>(".taps-more input, .taps-more textarea")].some(input => (isChoice(input) ? input.checked : input.value !== ""));
}

function isChoice(input: HTMLInputElement): boolean {
  return input.type === "radio" || input.type === "checkbox";
}
