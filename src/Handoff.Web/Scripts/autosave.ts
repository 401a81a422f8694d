import { holdTyped } from "./draft";
import { newRequest } from "./outbox";
import { now, wallClock } from "./time";
import type { Module } from "./modules";

/** Keeps an author's words on the server while they are typed; each keeping is a request of its own. The device keeps them too (draft.ts) until it is done. */
export class Autosave implements Module {
  readonly #text: HTMLTextAreaElement;
  readonly #form: HTMLFormElement;
  #timer = 0;
  #kept: string;
  #sending = false;

  constructor(root: HTMLElement) {
    this.#text = root as HTMLTextAreaElement;
    this.#form = this.#text.form!;
    this.#kept = this.#text.defaultValue;
    this.#text.addEventListener("input", () => this.#later(700));
    this.#text.addEventListener("blur", () => this.#later(0));
    this.#text.addEventListener("turbo:before-morph-element", event => holdTyped(this.#form, event));
    this.#form.addEventListener("submit", event => { event.preventDefault(); this.#later(0); });
    if (this.#text.value !== this.#kept) this.#later(0);
    this.#grow();
  }

  disconnect(): void {
    window.clearTimeout(this.#timer);
    if (this.#text.value !== this.#kept) void this.#keep();
  }

  #later(wait: number): void {
    this.#grow();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#keep(), wait);
  }

  async #keep(): Promise<void> {
    const words = this.#text.value;
    if (this.#sending) return this.#later(300);
    if (words === this.#kept) return;
    this.#sending = true;
    const fields = new FormData(this.#form);
    fields.set("request", newRequest());
    const answer = await fetch(this.#form.action, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(fields as unknown as Record<string, string>), keepalive: true,
    }).catch(() => null);
    this.#sending = false;
    if (answer?.ok) return this.#isKept(words);
    const isLost = !answer || answer.status >= 500;
    if (isLost) this.#later(4000);
    this.#say(isLost ? "not kept yet, the line is lost" : "not kept: " + (await title(answer)));
  }

  #isKept(words: string): void {
    this.#kept = words;
    this.#say(`kept ${wallClock(now())}`);
    if (this.#text.value === words) this.#form.dispatchEvent(new CustomEvent("turbo:submit-end", { detail: { success: true } }));
    else this.#later(300);
  }

  #say(what: string): void {
    const note = this.#form.querySelector("[data-autosaved]");
    if (note) note.textContent = what;
  }

  #grow(): void {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
  }
}

async function title(answer: Response): Promise<string> {
  const said = await answer.json().catch(() => null) as { title?: string } | null;
  return said?.title ?? "sign in again";
}
