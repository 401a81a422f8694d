import { stand } from "./time";
import type { Module } from "./modules";

const often = 2000;

/** In training, shows where the clock stands: somebody else moves it. A page of the past says it too, and stays as it is. */
export class Training implements Module {
  readonly #root: HTMLElement;
  readonly #timer: number;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#timer = window.setInterval(() => void this.#ask(), often);
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (document.hidden) return;
    const answer = await fetch(this.#root.dataset["training"] ?? "", { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok) return;
    const clock = await answer.json() as { now: string; words: string };
    stand(clock.now);
    const words = this.#root.querySelector("[data-training-words]");
    if (words && words.textContent !== clock.words) words.textContent = clock.words;
  }
}
