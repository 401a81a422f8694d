import type { Module } from "./modules";

/** Takes an offer to undo away when its seconds are over; the clock stands still while it is pointed at or focused. */
export class Undo implements Module {
  readonly #root: HTMLElement;
  #timer = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    for (const on of ["pointerenter", "focusin"]) root.addEventListener(on, () => this.#hold());
    for (const off of ["pointerleave", "focusout"]) root.addEventListener(off, () => this.#run());
    this.#run();
  }

  disconnect(): void {
    this.#hold();
  }

  #run(): void {
    this.#hold();
    this.#timer = window.setTimeout(() => this.#root.remove(), Number(this.#root.dataset["undo"] ?? 8) * 1000);
  }

  #hold(): void {
    window.clearTimeout(this.#timer);
  }
}
