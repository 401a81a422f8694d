import { Controller } from "@hotwired/stimulus";
import { now, span, ago, wallClock, wallDay } from "./time";

const minute = 60_000;

/** Keeps every time on the page right, each second, from the page's own clock: `4 min ago`, `due · 5 min left`, `overdue 3 min`. */
export class Clock extends Controller<HTMLElement> {
  #timer = 0;
  #states = "";

  override connect(): void {
    this.#timer = window.setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  override disconnect(): void {
    window.clearInterval(this.#timer);
  }

  #tick(): void {
    if (document.hidden) return;
    this.#each("time[data-ago]", time => write(time, ago(Date.parse(time.getAttribute("datetime") ?? ""))));
    this.#each("[data-wall-clock]", clock => write(clock, wallClock(now(), true)));
    this.#each("[data-wall-day]", day => write(day, wallDay(now())));
    this.#each("[data-due-limit]", due);
    this.#each("[data-return]", back);
    this.#each("[data-task-due]", task);
    this.#each("[data-shown-from]", showInTime);
    this.#tellOfChange();
  }

  /** One event for the page when something became due, overdue or late, so that boards are sorted and counted again. */
  #tellOfChange(): void {
    const marks = [...this.element.querySelectorAll<HTMLElement>("[data-due-limit], [data-return]")];
    const states = marks.map(mark => mark.dataset["severity"]).join();
    if (states === this.#states) return;
    this.#states = states;
    document.dispatchEvent(new CustomEvent("handoff:clock"));
  }

  #each(selector: string, act: (element: HTMLElement) => void): void {
    this.element.querySelectorAll<HTMLElement>(selector).forEach(act);
  }
}

function due(mark: HTMLElement): void {
  const from = Date.parse(mark.dataset["dueFrom"] ?? "");
  const limit = Date.parse(mark.dataset["dueLimit"] ?? "");
  const state = now() >= limit ? "overdue" : now() >= from ? "due" : "calm";
  become(mark, state);
  write(mark, dueWords(state, from, limit));
}

/** The same words that the server writes (DueMark.razor). */
function dueWords(state: string, from: number, limit: number): string {
  switch (state) {
    case "overdue": return now() - limit < minute ? "overdue now" : `overdue ${span(now() - limit)}`;
    case "due": return limit - now() < minute ? "due · last minute" : `due · ${span(limit - now())} left`;
    default: return `next ${wallClock(from)}`;
  }
}

/** Somebody who is away and not back in time; until then the server's words are right (ReturnMark.razor). */
function back(mark: HTMLElement): void {
  const late = now() - Date.parse(mark.dataset["return"] ?? "");
  if (late < 0) return;
  become(mark, "overdue");
  write(mark, late < minute ? "not back yet" : `not back · ${span(late)} late`);
}

/** A task whose time has come; until then the server's words are right (TaskDue.razor). */
function task(mark: HTMLElement): void {
  const late = now() - Date.parse(mark.dataset["taskDue"] ?? "");
  if (late < 0) return;
  become(mark, "overdue");
  write(mark, late < minute ? "overdue now" : `overdue ${span(late)}`);
}

function showInTime(element: HTMLElement): void {
  const to = Date.parse(element.dataset["shownTo"] ?? "");
  const isShown = now() >= Date.parse(element.dataset["shownFrom"] ?? "") && !(now() >= to);
  if (element.hidden === isShown) element.hidden = !isShown;
}

function become(mark: HTMLElement, severity: string): void {
  if (mark.dataset["severity"] !== severity) mark.dataset["severity"] = severity;
}

function write(element: Element, words: string): void {
  if (element.textContent !== words) element.textContent = words;
}
