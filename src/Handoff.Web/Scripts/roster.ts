import { recall, remember } from "./device";
import { now, wallClock } from "./time";
import type { Module } from "./modules";

interface Kept { at: number; rows: Record<string, [string, string][]> }
const lifetime = 12 * 60 * 60 * 1000;

/**
 * The attendance grid. What is tapped and typed is kept on this device row by row until it is sent, each with the entry that it was
 * typed over, so that a row from before somebody else's save is still merged with theirs and never put in its place.
 */
export class Roster implements Module {
  readonly #root: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #key: string;
  readonly #touched = new Set<string>();
  #pressed: HTMLInputElement | undefined;
  #timer = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#form = root.closest("form")!;
    this.#key = `draft.${document.querySelector<HTMLMetaElement>("meta[name=viewer]")?.content ?? ""}.${root.dataset["roster"]}`;
    root.addEventListener("input", event => this.#changed(event.target as HTMLElement));
    root.addEventListener("pointerdown", event => this.#press(event.target as HTMLElement));
    root.addEventListener("click", event => this.#untap(event.target as HTMLInputElement));
    root.addEventListener("invalid", event => unfold(event.target as HTMLElement), { capture: true });
    this.#form.addEventListener("turbo:submit-end", event => this.#sent(event as CustomEvent<{ success: boolean }>));
    root.querySelector("[data-roster-discard]")?.addEventListener("click", () => this.#discard());
    this.#offerRest();
    this.#restore();
    this.#count();
  }

  disconnect(): void {
    window.clearTimeout(this.#timer);
  }

  #changed(at: HTMLElement): void {
    const row = at.closest<HTMLElement>("[data-row]");
    if (!row) return;
    this.#touch(row);
    this.#count();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keep(), 300);
  }

  /** From the first change on, the way to save stays in sight. */
  #touch(row: HTMLElement): void {
    this.#touched.add(row.dataset["row"]!);
    this.#root.dataset["touched"] = "";
  }

  #press(at: HTMLElement): void {
    const input = at.closest("label")?.querySelector<HTMLInputElement>("input[type=radio]");
    this.#pressed = input?.checked ? input : undefined;
  }

  /** A second tap takes the first back, as long as nothing of it is recorded. */
  #untap(input: HTMLInputElement): void {
    if (input !== this.#pressed || input.closest("[data-row]")?.hasAttribute("data-recorded")) return;
    input.checked = false;
    this.#pressed = undefined;
    this.#changed(input);
  }

  #offerRest(): void {
    const button = this.#root.querySelector<HTMLButtonElement>("[data-roster-rest]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => this.#rows().filter(row => !chosen(row) && !row.hasAttribute("data-away")).forEach(row => {
      const input = row.querySelector<HTMLInputElement>("input[value=Attended]")!;
      input.checked = true;
      this.#changed(input);
    }));
  }

  #count(): void {
    const count = this.#root.querySelector("[data-roster-count]");
    if (count) count.textContent = String(this.#rows().filter(chosen).length);
  }

  #keep(): void {
    const rows = Object.fromEntries(this.#rows().filter(row => this.#touched.has(row.dataset["row"]!)).map(row => [row.dataset["row"]!, fields(row)]));
    remember(this.#key, JSON.stringify({ at: now(), rows } satisfies Kept));
  }

  #restore(): void {
    const kept = this.#kept();
    if (!kept || this.#form.querySelector("[data-error-summary]")) return;
    const rows = this.#rows().filter(row => kept.rows[row.dataset["row"]!]);
    rows.forEach(row => this.#put(row, kept.rows[row.dataset["row"]!]!));
    this.#count();
    if (rows.length > 0) this.#say(kept.at);
  }

  #put(row: HTMLElement, kept: [string, string][]): void {
    this.#touch(row);
    for (const input of inputs(row)) {
      const value = kept.find(([name]) => name === input.name)?.[1];
      if (isTick(input)) input.checked = value === input.value;
      else input.value = value ?? "";
    }
  }

  #say(at: number): void {
    const note = this.#root.querySelector<HTMLElement>("[data-roster-note]")!;
    note.querySelector("[data-roster-at]")!.textContent = wallClock(at);
    note.hidden = false;
  }

  #discard(): void {
    this.#touched.clear();
    remember(this.#key, null);
    location.reload();
  }

  #sent(event: CustomEvent<{ success: boolean }>): void {
    window.clearTimeout(this.#timer);
    if (event.detail.success) remember(this.#key, null);
    else this.#keep();
  }

  #kept(): Kept | null {
    try {
      const kept = JSON.parse(recall(this.#key) ?? "null") as Kept | null;
      return kept?.rows && now() - kept.at < lifetime ? kept : null;
    } catch {
      return null;
    }
  }

  #rows(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>("[data-row]")];
  }
}

function inputs(row: HTMLElement): HTMLInputElement[] {
  return [...row.querySelectorAll<HTMLInputElement>("input, textarea")].filter(input => input.name !== "stay");
}

function fields(row: HTMLElement): [string, string][] {
  return inputs(row).filter(input => (isTick(input) ? input.checked : input.value !== "")).map(input => [input.name, input.value]);
}

/** A field that is wrong can only be pointed at where it can be seen. */
function unfold(input: HTMLElement): void {
  const fold = input.closest("details");
  if (fold) fold.open = true;
}

function chosen(row: HTMLElement): boolean {
  return row.querySelector(".roster-status input:checked") !== null;
}

function isTick(input: HTMLInputElement): boolean {
  return input.type === "radio" || input.type === "checkbox";
}
