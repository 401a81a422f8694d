import { Controller } from "@hotwired/stimulus";
import { wallClock, wallDay } from "../Components/time";

/**
 * A slider through time: says the moment while it is moved, and shows the page as it stood when a pointer lets it go. Keys move it; Enter
 * shows.
 */
export class Slider extends Controller<HTMLFormElement> {
  static override targets = ["since", "minute", "words"];

  declare readonly sinceTarget: HTMLInputElement;
  declare readonly minuteTarget: HTMLInputElement;
  declare readonly wordsTarget: HTMLOutputElement;

  say(): void {
    const at = Date.parse(this.sinceTarget.value) + Number(this.minuteTarget.value) * 60_000;
    const words = `${wallDay(at)} ${wallClock(at)}`;
    this.minuteTarget.setAttribute("aria-valuetext", words);
    this.wordsTarget.textContent = words;
  }

  show(): void {
    if (this.minuteTarget.value !== this.minuteTarget.defaultValue) this.element.requestSubmit();
  }
}
