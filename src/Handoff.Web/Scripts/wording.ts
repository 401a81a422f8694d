import type { Module } from "./modules";

interface Hint { start: number; length: number; found: string; suggestions: string[]; why: string }

const pause = 600;

/** Asks, while a text is typed, which of its words could be better, and puts one there at a tap. The lists are the server's; nothing is stopped by them. */
export class Wording implements Module {
  readonly #root: HTMLElement;
  readonly #text: HTMLTextAreaElement;
  readonly #hints: HTMLElement;
  readonly #stop = new AbortController();
  #timer = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#text = root.querySelector("textarea")!;
    this.#hints = root.querySelector("[data-wording-hints]")!;
    this.#text.addEventListener("input", () => this.#later());
    this.#later();
  }

  disconnect(): void {
    window.clearTimeout(this.#timer);
    this.#stop.abort();
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    const text = this.#text.value;
    if (text === "") return this.#show(text, []);
    const answer = await fetch(this.#root.dataset["wording"] ?? "", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ text }), redirect: "manual", signal: this.#stop.signal,
    }).catch(() => null);
    if (answer?.ok && this.#text.value === text) this.#show(text, await answer.json() as Hint[]);
  }

  #show(text: string, hints: Hint[]): void {
    this.#hints.replaceChildren(...hints.map(hint => this.#line(text, hint, hints)));
    this.#hints.hidden = hints.length === 0;
  }

  #line(text: string, hint: Hint, all: Hint[]): DocumentFragment {
    const line = this.#root.querySelector<HTMLTemplateElement>("template[data-wording-hint]")!.content.cloneNode(true) as DocumentFragment;
    line.querySelector("[data-found]")!.textContent = around(text, hint);
    line.querySelector("[data-why]")!.textContent = hint.why;
    line.querySelector("[data-fixes]")!.append(...hint.suggestions.map(words => this.#fix(text, hint, words, all)));
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

  /** The page's own undo goes on working: the words are put in as if they were typed. The other hints move along, so that the next tap finds its place. */
  #put(text: string, hint: Hint, words: string, all: Hint[]): void {
    if (this.#text.value !== text) return this.#later();
    this.#text.focus();
    this.#text.setSelectionRange(hint.start, hint.start + hint.length);
    if (!document.execCommand(words === "" ? "delete" : "insertText", false, words)) this.#text.setRangeText(words, hint.start, hint.start + hint.length, "end");
    this.#text.dispatchEvent(new Event("input", { bubbles: true }));
    const moved = (other: Hint): number => other.start > hint.start ? other.start + words.length - hint.length : other.start;
    this.#show(this.#text.value, all.filter(other => other !== hint).map(other => ({ ...other, start: moved(other) })));
  }
}

/** The found word with what stands beside it: ".0" alone says nothing. */
function around(text: string, hint: Hint): string {
  const before = /\S*$/.exec(text.slice(0, hint.start))?.[0] ?? "";
  const after = /^\S*/.exec(text.slice(hint.start + hint.length))?.[0] ?? "";
  return before + text.slice(hint.start, hint.start + hint.length) + after;
}
