import { visit } from "@hotwired/turbo";

/** Loads the page again in place (or another in its place), once for what comes together, and not while it is being loaded or a form is on its way: a visit that is cut off is an error on the page. */
export class Reload {
  readonly #isNeeded: () => boolean;
  readonly #where: () => string;
  #timer = 0;

  /** @param isNeeded asked when it is time, for the page may have become what it should be. */
  constructor(isNeeded: () => boolean, where: () => string = () => location.href) {
    this.#isNeeded = isNeeded;
    this.#where = where;
  }

  soon(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#go(), 100);
  }

  stop(): void {
    window.clearTimeout(this.#timer);
  }

  #go(): void {
    if (document.querySelector(":is(html, form)[aria-busy]")) return this.soon();
    if (this.#isNeeded()) visit(this.#where(), { action: "replace" });
  }
}
