import { Controller } from "@hotwired/stimulus";

/** Takes an offer to undo away when its seconds are over; the clock stands still while it is pointed at or focused. */
export class Undo extends Controller<HTMLElement> {
  static override values = { seconds: { type: Number, default: 8 } };

  declare readonly secondsValue: number;

  #timer = 0;

  override connect(): void {
    this.run();
  }

  override disconnect(): void {
    this.hold();
  }

  run(): void {
    this.hold();
    this.#timer = window.setTimeout(() => this.element.remove(), this.secondsValue * 1000);
  }

  hold(): void {
    window.clearTimeout(this.#timer);
  }
}
