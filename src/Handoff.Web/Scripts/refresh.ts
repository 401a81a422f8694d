import { morphElements } from "@hotwired/turbo";
import { hasUnsent } from "./busy";
import { sayConnection } from "./connection";
import { now } from "./time";
import type { Module } from "./modules";

/**
 * Fetches a page or a part of one again, every so many seconds, at a moment or when the line is back, and morphs the part in place.
 * A page that listens to no unit (`data-refresh-alone`) says itself when the server can't be reached;
 * one whose part others change (`data-refresh-on`) asks when an event of that name says so, if it is about one patient (`data-refresh-stay`) only of theirs,
 * and waits while somebody is busy in the part or has not sent what they wrote there;
 * a screen that nobody touches (`data-refresh-bundle`) also loads a new version of the scripts and styles.
 */
export class Refresh implements Module {
  readonly #root: HTMLElement;
  readonly #timer: number;
  readonly #stop = new AbortController();
  #last = now();
  #lostAt: number | undefined;
  #isAsking = false;
  #isAskedAgain = false;
  #hasBeenLive = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#timer = window.setInterval(() => this.#isTime() && void this.#ask(), 1000);
    const on = root.dataset["refreshOn"];
    if (on) document.addEventListener(on, event => this.#concerns(event) && void this.#ask(), { signal: this.#stop.signal });
    if (on) document.addEventListener("focusout", () => queueMicrotask(() => this.#catchUp()), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", () => this.#backOnline(), { signal: this.#stop.signal });
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
    this.#stop.abort();
  }

  #isTime(): boolean {
    const every = Number(this.#root.dataset["refreshEvery"] ?? Infinity) * 1000;
    const at = Date.parse(this.#root.dataset["refreshAt"] ?? "");
    return !document.hidden && (now() >= this.#last + every || (this.#last < at && now() >= at));
  }

  #concerns(event: Event): boolean {
    const stay = this.#root.dataset["refreshStay"];
    return !stay || (event as CustomEvent<{ stay?: string }>).detail.stay === stay;
  }

  /** The line may have been lost because a new version came. */
  #backOnline(): void {
    if (this.#hasBeenLive) void this.#ask();
    this.#hasBeenLive = true;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return void (this.#isAskedAgain = true);
    this.#isAsking = true;
    this.#isAskedAgain = false;
    this.#last = now();
    const answer = await fetch(this.#root.dataset["refresh"] ?? "", { redirect: "manual", signal: this.#stop.signal }).catch(() => null);
    if (answer?.ok) this.#take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (!this.#stop.signal.aborted) this.#say(answer);
    this.#isAsking = false;
    if (this.#isAskedAgain && "refreshOn" in this.#root.dataset) void this.#ask();
  }

  #take(fresh: Document): void {
    if ("refreshBundle" in this.#root.dataset && bundle(fresh) !== bundle(document)) return location.reload();
    const part = this.#root.dataset["refreshPart"] ?? "";
    const shown = document.querySelector(part);
    const next = fresh.querySelector(part);
    const at = fresh.querySelector<HTMLElement>("[data-refresh]")?.dataset["refreshAt"];
    if (at) this.#root.dataset["refreshAt"] = at;
    if (shown && next && !this.#waits(shown)) morphElements(shown, next);
  }

  /** What holds focus is not taken from under a hand: it is marked as stale until the hand has gone. */
  #waits(shown: Element): boolean {
    if (!("refreshOn" in this.#root.dataset)) return false;
    const isBusy = (shown !== document.activeElement && shown.contains(document.activeElement)) || hasUnsent(shown);
    shown.toggleAttribute("data-stale", isBusy);
    return isBusy;
  }

  #catchUp(): void {
    const shown = document.querySelector(this.#root.dataset["refreshPart"] ?? "");
    if (shown?.hasAttribute("data-stale") && !shown.contains(document.activeElement)) void this.#ask();
  }

  #say(answer: Response | null): void {
    if (!("refreshAlone" in this.#root.dataset)) return;
    this.#lostAt = answer?.ok ? undefined : this.#lostAt ?? now();
    sayConnection(answer?.ok ? "live" : answer?.type === "opaqueredirect" ? "signed-out" : "lost", this.#lostAt);
  }
}

function bundle(page: Document): string {
  return [...page.querySelectorAll("script[type=module], link[rel=stylesheet]")].map(one => one.getAttribute("src") ?? one.getAttribute("href")).join();
}
