import { wallClock, wallDay } from "./time";
import type { Module } from "./modules";

/** A slider through time: says the moment while it is moved, and shows the page as it stood when a pointer lets it go. Keys move it; Enter shows. */
export class Slider implements Module {
  readonly #form: HTMLFormElement;
  readonly #range: HTMLInputElement;
  readonly #stop = new AbortController();

  constructor(root: HTMLElement) {
    this.#form = root as HTMLFormElement;
    this.#range = root.querySelector<HTMLInputElement>("input[type=range]")!;
    const options = { signal: this.#stop.signal };
    this.#range.addEventListener("input", () => this.#say(), options);
    this.#range.addEventListener("pointerup", () => this.#range.value !== this.#range.defaultValue && this.#form.requestSubmit(), options);
  }

  disconnect(): void {
    this.#stop.abort();
  }

  #say(): void {
    const since = Date.parse(this.#form.querySelector<HTMLInputElement>("[name=since]")?.value ?? "");
    const at = since + Number(this.#range.value) * 60_000;
    const words = `${wallDay(at)} ${wallClock(at)}`;
    this.#range.setAttribute("aria-valuetext", words);
    this.#form.querySelector("output")!.textContent = words;
  }
}
