import { visit } from "@hotwired/turbo";
import { isLoading } from "./loading";

/**
 * Loads another page in place of this one, once for what comes together, and not while it is being loaded or a form is on its way: a
 * visit that is cut off is an error on the page. What has come is not drawn if it is no longer wanted: somebody may have begun to write
 * meanwhile.
 */
export class Reload {
  readonly #isNeeded: () => boolean;
  readonly #where: () => string;
  #timer = 0;
  #coming = new AbortController();

  /** @param isNeeded asked when it is time, and again when it has come, for the page may have become what it should be. */
  constructor(isNeeded: () => boolean, where: () => string) {
    this.#isNeeded = isNeeded;
    this.#where = where;
  }

  soon(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#go(), 100);
  }

  stop(): void {
    window.clearTimeout(this.#timer);
    this.#coming.abort();
  }

  #go(): void {
    if (isLoading()) return this.soon();
    if (!this.#isNeeded()) return;
    visit(this.#where(), { action: "replace" });
    this.#coming.abort();
    this.#coming = new AbortController();
    const { signal } = this.#coming;
    document.addEventListener("turbo:before-render", event => {
      if (!this.#isNeeded()) (event as CustomEvent<{ render: unknown }>).detail.render = () => undefined;
    }, { signal });
    // Whatever else is drawn from then on was asked for.
    for (const other of ["turbo:visit", "turbo:submit-start", "turbo:load"]) {
      document.addEventListener(other, () => this.#coming.abort(), { signal });
    }
  }
}
