import { Controller } from "@hotwired/stimulus";
import { draftName, forgetDraft, keepDraft, recallDraft } from "../Components/draft-memory";
import { isFilled, isTick } from "../Components/fields";
import { wallClock } from "../Components/time";

interface KeptRows { at: number; rows: Record<string, [string, string][]> }

/**
 * The attendance grid. What is tapped and typed is kept on this device row by row until it is sent, each with the entry that it was
 * typed over, so that a row from before somebody else's save is still merged with theirs and never put in its place.
 */
export class Roster extends Controller<HTMLElement> {
  static override values = { key: String };
  static override targets = ["note", "at", "count", "rest"];

  declare readonly keyValue: string;
  declare readonly noteTarget: HTMLElement;
  declare readonly atTarget: HTMLElement;
  declare readonly countTargets: HTMLElement[];
  declare readonly restTargets: HTMLElement[];

  readonly #touched = new Set<string>();
  #name = "";
  #pressed: HTMLInputElement | undefined;
  #timer = 0;

  override connect(): void {
    this.#name = draftName(this.keyValue);
    this.offerRest();
    this.#restore();
    this.#count();
  }

  override disconnect(): void {
    window.clearTimeout(this.#timer);
  }

  change({ target }: Event): void {
    this.#changed(target as HTMLElement);
  }

  press({ target }: Event): void {
    const input = (target as HTMLElement).closest("label")?.querySelector<HTMLInputElement>("input[type=radio]");
    this.#pressed = input?.checked ? input : undefined;
  }

  /** A second tap takes the first back, as long as nothing of it is recorded. */
  untap({ target }: Event): void {
    const input = target as HTMLInputElement;
    if (input !== this.#pressed || input.closest("[data-row]")?.hasAttribute("data-recorded")) return;
    input.checked = false;
    this.#pressed = undefined;
    this.#changed(input);
  }

  /** A field that is wrong can only be pointed at where it can be seen. */
  unfold({ target }: Event): void {
    const fold = (target as HTMLElement).closest("details");
    if (fold) fold.open = true;
  }

  /** Also after the page was brought up to date, as if it had not been offered. */
  offerRest(): void {
    this.restTargets.forEach(rest => (rest.hidden = false));
  }

  attendRest(): void {
    for (const row of this.#rows().filter(row => !chosen(row) && !row.hasAttribute("data-away"))) {
      const input = row.querySelector<HTMLInputElement>("input[value=Attended]")!;
      input.checked = true;
      this.#changed(input);
    }
  }

  discard(): void {
    this.#touched.clear();
    forgetDraft(this.#name);
    location.reload();
  }

  sent({ target, detail }: CustomEvent<{ success: boolean }>): void {
    if (target !== this.element.closest("form")) return;
    window.clearTimeout(this.#timer);
    if (detail.success) forgetDraft(this.#name);
    else this.#keep();
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
    this.element.dataset["touched"] = "";
  }

  #count(): void {
    this.countTargets.forEach(count => (count.textContent = String(this.#rows().filter(chosen).length)));
  }

  #keep(): void {
    const touched = this.#rows().filter(row => this.#touched.has(row.dataset["row"]!));
    keepDraft(this.#name, { rows: Object.fromEntries(touched.map(row => [row.dataset["row"]!, fields(row)])) });
  }

  #restore(): void {
    const kept = recallDraft<KeptRows>(this.#name);
    if (!kept?.rows || this.element.closest("form")?.querySelector("[data-controller~=error-summary]")) return;
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
    this.atTarget.textContent = wallClock(at);
    this.noteTarget.hidden = false;
  }

  #rows(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("[data-row]")];
  }
}

function inputs(row: HTMLElement): HTMLInputElement[] {
  return [...row.querySelectorAll<HTMLInputElement>("input, textarea")].filter(input => input.name !== "stay");
}

function fields(row: HTMLElement): [string, string][] {
  return inputs(row).filter(isFilled).map(input => [input.name, input.value]);
}

function chosen(row: HTMLElement): boolean {
  return row.querySelector(".roster-status input:checked") !== null;
}
