import { now, span, ago, wallClock } from "./time";
import type { Module } from "./modules";

/** Keeps every time on the page right, each second, from the page's own clock: `4 min ago`, `due in 5 min`, `overdue 3 min`. */
export class Clock implements Module {
  readonly #root: HTMLElement;
  readonly #timer: number;
  #states = "";

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#timer = window.setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
  }

  #tick(): void {
    if (document.hidden) return;
    this.#each("time[data-ago]", time => write(time, ago(Date.parse(time.getAttribute("datetime") ?? ""))));
    this.#each("[data-wall-clock]", clock => write(clock, wallClock(now(), true)));
    this.#each("[data-due-limit]", mark => this.#due(mark));
    this.#tellOfChange();
  }

  #due(mark: HTMLElement): void {
    const from = Date.parse(mark.dataset["dueFrom"] ?? "");
    const limit = Date.parse(mark.dataset["dueLimit"] ?? "");
    const state = now() >= limit ? "overdue" : now() >= from ? "due" : "calm";
    if (mark.dataset["severity"] !== state) mark.dataset["severity"] = state;
    write(mark.querySelector("[data-due-words]") ?? mark, dueWords(state, from, limit));
  }

  /** One event for the page when something became due or overdue, so that boards are sorted and counted again. */
  #tellOfChange(): void {
    const states = [...this.#root.querySelectorAll<HTMLElement>("[data-due-limit]")].map(mark => mark.dataset["severity"]).join();
    if (states === this.#states) return;
    this.#states = states;
    document.dispatchEvent(new CustomEvent("handoff:due"));
  }

  #each(selector: string, act: (element: HTMLElement) => void): void {
    this.#root.querySelectorAll<HTMLElement>(selector).forEach(act);
  }
}

/** The same words that the server writes (DueMark.razor). */
function dueWords(state: string, from: number, limit: number): string {
  switch (state) {
    case "overdue": return `overdue ${span(now() - limit)}`;
    case "due": return `due · ${span(limit - now())} left`;
    default: return `next ${wallClock(from)}`;
  }
}

function write(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
