import type { Module } from "./modules";

/** A menu made of details and summary: Escape or a click elsewhere closes it. */
export class Menu implements Module {
  readonly #root: HTMLDetailsElement;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#root = root as HTMLDetailsElement;
    document.addEventListener("click", event => this.#closeIfOutside(event.target as Node), { signal: this.#stop.signal });
    root.addEventListener("keydown", event => this.#closeOnEscape(event));
  }

  disconnect(): void {
    this.#stop.abort();
  }

  #closeIfOutside(target: Node): void {
    if (!this.#root.contains(target)) this.#root.open = false;
  }

  #closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || !this.#root.open) return;
    this.#root.open = false;
    this.#root.querySelector("summary")?.focus();
  }
}
