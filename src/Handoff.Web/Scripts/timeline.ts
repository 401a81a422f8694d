import { morphElements, visit } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";
import type { LiveCard } from "./live";
import type { Module } from "./modules";

const soon = 150;

/**
 * A timeline that is open: what is recorded about the patient appears by itself, all the way down to where the page has been read,
 * so that also a late entry or an amendment comes to its place. Never under the user's cursor.
 */
export class Timeline implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #asking = new Asking(() => this.#source(), answer => this.#take(answer));

  constructor(root: HTMLElement) {
    this.#root = root;
    const options = { signal: this.#stop.signal };
    document.addEventListener("handoff:card", event => this.#heard((event as CustomEvent<LiveCard>).detail.stay), options);
    document.addEventListener("handoff:board", () => this.#heard(root.dataset["timeline"]), options);
    root.addEventListener("focusout", () => queueMicrotask(() => this.#isStale() && !this.#isBusy() && this.#heard(root.dataset["timeline"])), options);
    window.addEventListener("hashchange", () => this.#open(), options);
    this.#open();
    this.#openOnceLoaded();
  }

  disconnect(): void {
    this.#stop.abort();
    this.#asking.stop();
  }

  /** The entry that a link led to is shown, also inside of a run; one on an older page is asked for. */
  #open(): void {
    const id = decodeURIComponent(location.hash.slice(1));
    const entry = (id && document.getElementById(id)) || this.#root.querySelector<HTMLElement>("[data-target]");
    if (!entry) {
      if (!/^[0-9a-f-]{36}$/.test(id) || location.search.includes(id)) return;
      this.#openOnceLoaded();
      return visit(`${location.pathname}?event=${id}#${id}`, { action: "replace" });
    }
    const run = entry.closest("details");
    if (run) run.open = true;
    entry.scrollIntoView({ block: "center" });
  }

  /** A visit scrolls by itself once it is rendered; one to the same address morphs the page, and this timeline goes on. */
  #openOnceLoaded(): void {
    document.addEventListener("turbo:load", () => this.#open(), { signal: this.#stop.signal, once: true });
  }

  #heard(stay: string | undefined): void {
    if (stay !== this.#root.dataset["timeline"]) return;
    if (!this.#root.dataset["src"] || this.#isBusy()) return void (this.#root.dataset["stale"] = "");
    this.#asking.soon(soon);
  }

  /** Down to the last entry that is shown: the frame that has not been loaded yet says which; without one it is the oldest. */
  #source(): string {
    const source = this.#root.dataset["src"] ?? "";
    return `${source}${source.includes("?") ? "&" : "?"}down=${this.#waiting()?.dataset["before"] ?? this.#root.dataset["oldest"] ?? ""}`;
  }

  #waiting(): HTMLElement | null {
    return [...this.#root.querySelectorAll<HTMLElement>("turbo-frame[data-before]")].find(frame => !frame.querySelector("ol")) ?? null;
  }

  #take(answer: Answer | null): void {
    const next = answer?.ok ? answer.page.querySelector("turbo-frame") : null;
    const shown = this.#root.querySelector<HTMLElement>("[data-timeline-part]");
    if (!next || !shown) return;
    if (this.#isBusy()) return void (this.#root.dataset["stale"] = "");
    delete this.#root.dataset["stale"];
    const opened = [...shown.querySelectorAll<HTMLElement>("details[open][id]")].map(run => run.id);
    const part = shown.cloneNode() as HTMLElement;
    part.append(...document.adoptNode(next).childNodes);
    morphElements(shown, part);
    opened.map(id => document.getElementById(id)).forEach(run => run?.setAttribute("open", ""));
  }

  #isBusy(): boolean {
    return this.#root.querySelector("[data-timeline-part]")?.contains(document.activeElement) ?? false;
  }

  #isStale(): boolean {
    return "stale" in this.#root.dataset;
  }
}
