import { morphElements } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";
import { hasUnsent } from "./busy";
import { sayConnection } from "./connection";
import { now } from "./time";
import type { Module } from "./modules";

/**
 * Fetches a page again, every so many seconds, at a moment or when the line is back, and morphs the parts named (`data-refresh-part`) in place.
 * A page that listens to no unit (`data-refresh-alone`) says itself when the server can't be reached;
 * one whose parts others change (`data-refresh-on`) asks when an event of such a name says so, if it is about one patient (`data-refresh-stay`) only of theirs,
 * and a part waits while somebody is busy in it or has not sent what they wrote there;
 * a screen that nobody touches (`data-refresh-bundle`) also loads a new version of the scripts and styles.
 */
export class Refresh implements Module {
  readonly #root: HTMLElement;
  readonly #timer: number;
  readonly #stop = new AbortController();
  readonly #asking = new Asking(() => this.#root.dataset["refresh"] ?? "", answer => this.#take(answer));
  #last = now();
  #lastHere = Date.now();
  #lostAt: number | undefined;
  #hasBeenLive = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#timer = window.setInterval(() => this.#isTime() && this.#ask(), 1000);
    const on = root.dataset["refreshOn"]?.split(" ") ?? [];
    on.forEach(what => document.addEventListener(what, event => this.#concerns(event) && this.#ask(), { signal: this.#stop.signal }));
    if (on.length > 0) document.addEventListener("focusout", () => queueMicrotask(() => this.#catchUp()), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", () => this.#listens(), { signal: this.#stop.signal });
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
    this.#stop.abort();
    this.#asking.stop();
  }

  #isTime(): boolean {
    const every = Number(this.#root.dataset["refreshEvery"] ?? Infinity) * 1000;
    const at = Date.parse(this.#root.dataset["refreshAt"] ?? "");
    return !document.hidden && (Date.now() >= this.#lastHere + every || (this.#last < at && now() >= at));
  }

  #concerns(event: Event): boolean {
    const [mine, { stay }] = [this.#root.dataset["refreshStay"], (event as CustomEvent<{ stay?: string }>).detail];
    return !mine || !stay || stay === mine;
  }

  /** Whatever happened before the page began to listen, or while the line was lost, was not heard; a line may also have been lost because a new version came. */
  #listens(): void {
    if (this.#hasBeenLive || "refreshOn" in this.#root.dataset) this.#ask();
    this.#hasBeenLive = true;
  }

  #ask(): void {
    this.#last = now();
    this.#lastHere = Date.now();
    this.#asking.now();
  }

  #take(answer: Answer | null): void {
    if (answer?.ok) this.#show(answer.page);
    this.#say(answer);
  }

  #show(fresh: Document): void {
    if ("refreshBundle" in this.#root.dataset && bundle(fresh) !== bundle(document)) return location.reload();
    const at = fresh.querySelector<HTMLElement>("[data-refresh]")?.dataset["refreshAt"];
    if (at) this.#root.dataset["refreshAt"] = at;
    for (const part of this.#parts()) {
      const [shown, next] = [document.querySelector(part), fresh.querySelector(part)];
      if (shown && next && !this.#waits(shown)) morphElements(shown, next);
    }
  }

  #parts(): string[] {
    return this.#root.dataset["refreshPart"]?.split(" ") ?? [];
  }

  /** What holds focus is not taken from under a hand: it is marked as stale until the hand has gone. */
  #waits(shown: Element): boolean {
    if (!("refreshOn" in this.#root.dataset)) return false;
    const isBusy = (shown !== document.activeElement && shown.contains(document.activeElement)) || hasUnsent(shown);
    shown.toggleAttribute("data-stale", isBusy);
    return isBusy;
  }

  #catchUp(): void {
    const shown = this.#parts().map(part => document.querySelector(part));
    if (shown.some(part => part?.hasAttribute("data-stale") && !part.contains(document.activeElement))) this.#ask();
  }

  #say(answer: Answer | null): void {
    if (!("refreshAlone" in this.#root.dataset)) return;
    this.#lostAt = answer?.ok ? undefined : this.#lostAt ?? now();
    sayConnection(answer?.ok ? "live" : answer?.type === "opaqueredirect" ? "signed-out" : "lost", this.#lostAt);
  }
}

function bundle(page: Document): string {
  return [...page.querySelectorAll("script[type=module], link[rel=stylesheet]")].map(one => one.getAttribute("src") ?? one.getAttribute("href")).join();
}
