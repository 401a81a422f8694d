import { Controller } from "@hotwired/stimulus";

interface Hint { start: number; length: number; found: string; suggestions: string[]; why: string }

const pause = 600;

const path = "/api/wording";

/**
 * Asks, while a free text is typed, which of its words could be better, and puts one there at a tap. It comes with every such field, so
 * that no form can leave it out; the lists are the server's; nothing is stopped by them.
 */
export class Wording extends Controller<HTMLTextAreaElement | HTMLInputElement> {
  #stop!: AbortController;
  #hints: HTMLElement | null = null;
  #timer = 0;

  override connect(): void {
    this.#stop = new AbortController();
    this.element.addEventListener("input", () => this.#later(), { signal: this.#stop.signal });
    if (this.element.value !== "") this.#later();
  }

  override disconnect(): void {
    window.clearTimeout(this.#timer);
    this.#stop.abort();
    this.#hints?.remove();
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    const text = this.element.value;
    if (text === "") return this.#show(text, []);
    const answer = await fetch(path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }),
      redirect: "manual", signal: this.#stop.signal,
    }).catch(() => null);
    if (answer?.ok && this.element.value === text) this.#show(text, await answer.json() as Hint[]);
  }

  #show(text: string, hints: Hint[]): void {
    if (hints.length === 0 && !this.#hints?.isConnected) return;
    const box = this.#box();
    box.replaceChildren(...hints.map(hint => this.#line(text, hint, hints)));
    box.hidden = hints.length === 0;
  }

  /** Below the field, or below the label that holds it. A page that was brought up to date may have taken it away. */
  #box(): HTMLElement {
    if (!this.#hints?.isConnected) {
      this.#hints = document.createElement("div");
      this.#hints.className = "wording";
      this.#hints.setAttribute("role", "status");
      this.#hints.setAttribute("aria-label", "Wording");
      this.#hints.dataset["wordingHints"] = "";
      (this.element.closest("label") ?? this.element).after(this.#hints);
    }
    return this.#hints;
  }

  #line(text: string, hint: Hint, all: Hint[]): HTMLElement {
    const [line, found, fixes] = [document.createElement("p"), document.createElement("b"), document.createElement("span")];
    found.textContent = around(text, hint);
    fixes.className = "buttons";
    fixes.append(...hint.suggestions.map(words => this.#fix(text, hint, words, all)));
    line.append(found, ` ${hint.why} `, fixes);
    return line;
  }

  #fix(text: string, hint: Hint, words: string, all: Hint[]): HTMLButtonElement {
    const fix = document.createElement("button");
    fix.type = "button";
    fix.className = "button";
    fix.textContent = words === "" ? `Without “${hint.found}”` : `Write “${words}”`;
    fix.addEventListener("click", () => this.#put(text, hint, words, all));
    return fix;
  }

  /**
   * The page's own undo goes on working: the words are put in as if they were typed. The other hints move along, so that the next tap finds
   * its place.
   */
  #put(text: string, hint: Hint, words: string, all: Hint[]): void {
    if (this.element.value !== text) return this.#later();
    this.element.focus();
    this.element.setSelectionRange(hint.start, hint.start + hint.length);
    if (!document.execCommand(words === "" ? "delete" : "insertText", false, words)) {
      this.element.setRangeText(words, hint.start, hint.start + hint.length, "end");
    }
    this.element.dispatchEvent(new Event("input", { bubbles: true }));
    const moved = (other: Hint): number => other.start > hint.start ? other.start + words.length - hint.length : other.start;
    this.#show(this.element.value, all.filter(other => other !== hint).map(other => ({ ...other, start: moved(other) })));
  }
}

/** The found word with what stands beside it: ".0" alone says nothing. */
function around(text: string, hint: Hint): string {
  const before = /\S*$/.exec(text.slice(0, hint.start))?.[0] ?? "";
  const after = /^\S*/.exec(text.slice(hint.start + hint.length))?.[0] ?? "";
  return before + text.slice(hint.start, hint.start + hint.length) + after;
}
