import { recall, remember, remembered } from "./device";
import { now, wallClock } from "./time";
import type { Module } from "./modules";

interface Kept { at: number; fields: [string, string][] }
const lifetime = 12 * 60 * 60 * 1000;
const secret = new Set(["request", "__RequestVerificationToken"]);
let isSigningOut = false;

/** Keeps what was typed in a form until it is sent, so that a lost connection or a closed tab costs no words. */
export class Draft implements Module {
  readonly #form: HTMLFormElement;
  readonly #key: string;
  readonly #stop = new AbortController();
  #timer = 0;
  #isUnsent = false;

  constructor(root: HTMLElement) {
    isSigningOut = false;
    this.#form = root as HTMLFormElement;
    this.#key = `draft.${viewer()}.${this.#form.dataset["draft"]}`;
    this.#form.addEventListener("input", () => this.#later());
    this.#form.addEventListener("turbo:submit-end", event => this.#sent(event as CustomEvent<{ success: boolean }>));
    this.#form.querySelector("[data-draft-discard]")?.addEventListener("click", () => this.#discard());
    this.#form.addEventListener("turbo:before-morph-element", event => { if (this.#isUnsent) holdTyped(this.#form, event); });
    // Whoever types on while the page is being replaced finds their words on the next one, which reads them before this one is told to go.
    window.addEventListener("pagehide", () => this.#hurry(), { signal: this.#stop.signal });
    document.addEventListener("turbo:before-render", () => this.#hurry(), { signal: this.#stop.signal });
    this.#restore();
  }

  disconnect(): void {
    this.#stop.abort();
    this.#hurry();
  }

  #later(): void {
    this.#isUnsent = true;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keep(), 300);
  }

  #hurry(): void {
    if (this.#timer) this.#keep();
  }

  #keep(): void {
    this.#forget();
    if (isSigningOut) return;
    const fields = this.#inputs().filter(filled).map(input => [input.name, input.value] as [string, string]);
    remember(this.#key, JSON.stringify({ at: now(), fields } satisfies Kept));
  }

  #restore(): void {
    const kept = read(this.#key);
    if (!kept || this.#form.querySelector("[data-error-summary]")) return;
    for (const input of this.#inputs()) put(input, kept.fields.filter(([name]) => name === input.name).map(([, value]) => value));
    for (const folded of this.#form.querySelectorAll("details")) folded.open ||= this.#inputs().some(input => folded.contains(input) && filled(input));
    this.#isUnsent = true;
    this.#say(kept.at);
  }

  #say(at: number): void {
    const note = this.#form.querySelector<HTMLElement>("[data-draft-note]");
    if (!note) return;
    note.hidden = false;
    note.querySelector("[data-draft-at]")!.textContent = wallClock(at);
  }

  #forget(): void {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #sent(event: CustomEvent<{ success: boolean }>): void {
    this.#forget();
    if (!event.detail.success) return;
    this.#isUnsent = false;
    remember(this.#key, null);
  }

  #discard(): void {
    this.#forget();
    this.#isUnsent = false;
    remember(this.#key, null);
    this.#form.reset();
    this.#form.querySelector<HTMLElement>("[data-draft-note]")!.hidden = true;
  }

  #inputs(): HTMLInputElement[] {
    return [...this.#form.querySelectorAll<HTMLInputElement>("input, textarea, select")]
      .filter(input => input.name !== "" && !["hidden", "password", "file"].includes(input.type) && !secret.has(input.name));
  }
}

/** A page that comes again because another form was sent must not take back what is being typed in this one. */
export function holdTyped(form: HTMLFormElement, event: Event): void {
  const [typed, fresh] = [event.target, (event as CustomEvent<{ newElement: Element }>).detail.newElement];
  if (!isInput(typed) || !isInput(fresh) || fresh.form?.dataset["draft"] !== form.dataset["draft"]) return;
  if (isTick(typed) ? typed.checked !== fresh.checked : typed.value !== fresh.value) event.preventDefault();
}

/** A shared tablet must not show one person's words to the next: drafts go when somebody signs out, and after twelve hours. */
export class SignOut implements Module {
  constructor(root: HTMLElement) {
    root.addEventListener("submit", () => {
      isSigningOut = true;
      remembered("draft.").forEach(key => remember(key, null));
    });
  }
}

export function forgetOldDrafts(): void {
  remembered("draft.").filter(key => !read(key)).forEach(key => remember(key, null));
}

function read(key: string): Kept | null {
  try {
    const kept = JSON.parse(recall(key) ?? "null") as Kept | null;
    return kept && now() - kept.at < lifetime ? kept : null;
  } catch {
    return null;
  }
}

function viewer(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=viewer]")?.content ?? "";
}

function filled(input: HTMLInputElement): boolean {
  return isTick(input) ? input.checked : input.value !== "";
}

function put(input: HTMLInputElement, values: string[]): void {
  if (isTick(input)) input.checked = values.includes(input.value);
  else if (values[0] !== undefined) input.value = values[0];
}

function isInput(element: unknown): element is HTMLInputElement {
  return element instanceof HTMLInputElement ? element.type !== "hidden" : element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function isTick(input: HTMLInputElement): boolean {
  return input.type === "radio" || input.type === "checkbox";
}
