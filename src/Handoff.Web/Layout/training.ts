import { Controller } from "@hotwired/stimulus";
import { stand } from "../Components/time";

const often = 2000;

/**
 * In training, shows where the clock stands: somebody else moves it. A page of the past says it too, and stays as it is.
 */
export class Training extends Controller<HTMLElement> {
  static override values = { src: String };
  static override targets = ["words"];

  declare readonly srcValue: string;
  declare readonly wordsTarget: HTMLElement;

  #timer = 0;

  override connect(): void {
    this.#timer = window.setInterval(() => void this.#ask(), often);
  }

  override disconnect(): void {
    window.clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    if (document.hidden) return;
    const answer = await fetch(this.srcValue, { headers: { Accept: "application/json" } }).catch(() => undefined);
    if (!answer?.ok) return;
    const clock = await answer.json() as { now: string; words: string };
    stand(clock.now);
    if (this.wordsTarget.textContent !== clock.words) this.wordsTarget.textContent = clock.words;
  }
}
