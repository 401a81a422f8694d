import { Controller } from "@hotwired/stimulus";
import { now } from "../Components/time";

/** Counts up quietly; past its minutes it only looks different. */
export class HuddleTimer extends Controller<HTMLElement> {
  static override values = { since: String, minutes: { type: Number, default: 2 } };
  static override targets = ["shown"];

  declare readonly sinceValue: string;
  declare readonly minutesValue: number;
  declare readonly shownTarget: HTMLElement;

  #timer = 0;

  override connect(): void {
    this.#timer = window.setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  override disconnect(): void {
    window.clearInterval(this.#timer);
  }

  #tick(): void {
    const seconds = Math.max(0, Math.floor((now() - Date.parse(this.sinceValue)) / 1000));
    this.shownTarget.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.element.toggleAttribute("data-over", seconds >= this.minutesValue * 60);
  }
}
