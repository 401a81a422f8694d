import { Controller } from "@hotwired/stimulus";
import { holdTyped, type MorphEvent } from "../Components/draft";
import { now, wallClock } from "../Components/time";
import { newRequest } from "../Live/send";

/**
 * Keeps an author's words on the server while they are typed; each keeping is a request of its own. The device keeps them too (draft.ts)
 * until it is done.
 */
export class Autosave extends Controller<HTMLTextAreaElement> {
  #form!: HTMLFormElement;
  #timer = 0;
  #kept = "";
  #sending = false;

  override initialize(): void {
    this.#form = this.element.form!;
    this.#kept = this.element.defaultValue;
    this.element.addEventListener("input", () => this.#later(700));
    this.element.addEventListener("blur", () => this.#later(0));
    this.element.addEventListener("turbo:before-morph-element", event => holdTyped(this.#form, event as MorphEvent));
    this.#form.addEventListener("submit", event => { event.preventDefault(); this.#later(0); });
  }

  override connect(): void {
    if (this.element.value !== this.#kept) this.#later(0);
    this.#grow();
  }

  override disconnect(): void {
    window.clearTimeout(this.#timer);
    if (this.element.value !== this.#kept) void this.#keep();
  }

  #later(wait: number): void {
    this.#grow();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#keep(), wait);
  }

  async #keep(): Promise<void> {
    const words = this.element.value;
    if (this.#sending) return this.#later(300);
    if (words === this.#kept) return;
    this.#sending = true;
    const fields = new FormData(this.#form);
    fields.set("request", newRequest());
    const answer = await fetch(this.#form.action, {
      method: "POST", headers: { Accept: "application/json" },
      body: new URLSearchParams(fields as unknown as Record<string, string>), keepalive: true,
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
    if (this.element.value === words) this.#form.dispatchEvent(new CustomEvent("turbo:submit-end", { detail: { success: true } }));
    else this.#later(300);
  }

  #say(what: string): void {
    const note = this.#form.querySelector("[data-autosaved]");
    if (note) note.textContent = what;
  }

  #grow(): void {
    this.element.style.height = "auto";
    this.element.style.height = `${this.element.scrollHeight + 2}px`;
  }
}

async function title(answer: Response): Promise<string> {
  const said = await answer.json().catch(() => null) as { title?: string } | null;
  return said?.title ?? "sign in again";
}
