import { now } from "../Components/time";

/** When to ask without having heard anything: every so many seconds, or at a moment; never while nobody sees the page. */
export class Schedule {
  readonly #timer: number;
  #asked = now();
  #askedHere = Date.now();

  /**
   * @param every seconds, by this machine's own clock.
   * @param at a moment of the server's clock; only one that is still to come.
   */
  constructor(every: () => number, at: () => number, ask: () => void) {
    this.#timer = window.setInterval(() => {
      const isOver = Date.now() >= this.#askedHere + every() * 1000 || (this.#asked < at() && now() >= at());
      if (isOver && !document.hidden) ask();
    }, 1000);
  }

  asked(): void {
    [this.#asked, this.#askedHere] = [now(), Date.now()];
  }

  stop(): void {
    window.clearInterval(this.#timer);
  }
}
