import type { Module } from "./modules";

const far = 90;

/** A swipe to the right says what the button says; one to the left goes on without saying it. Up and down is scrolling. */
export class Look implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  #from: { x: number; y: number } | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    const signal = this.#stop.signal;
    root.addEventListener("pointerdown", event => this.#began(event), { signal });
    root.addEventListener("pointerup", event => this.#ended(event), { signal });
    root.addEventListener("pointercancel", () => { this.#from = null; }, { signal });
  }

  disconnect(): void {
    this.#stop.abort();
  }

  #began(event: PointerEvent): void {
    this.#from = event.pointerType === "mouse" || (event.target as HTMLElement).closest("button, a, summary") ? null : { x: event.clientX, y: event.clientY };
  }

  #ended(event: PointerEvent): void {
    const from = this.#from;
    this.#from = null;
    if (!from) return;
    const across = event.clientX - from.x;
    if (Math.abs(across) < far || Math.abs(event.clientY - from.y) > Math.abs(across) / 2) return;
    if (across > 0) this.#root.querySelector<HTMLFormElement>("form")?.requestSubmit();
    else this.#root.querySelector<HTMLAnchorElement>("[data-look-on]")?.click();
  }
}
