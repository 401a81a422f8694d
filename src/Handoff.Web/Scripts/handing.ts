import { morphElements } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";
import { hasUnsent } from "./busy";
import { now } from "./time";
import type { Module } from "./modules";
import { Reload } from "./reload";

/**
 * A handoff's page goes on as entries come in: parts that nobody is busy in are fetched again and morphed; what somebody types is never touched.
 * Beside it stand the entries on which the line in focus rests, and no others.
 */
export class Handing implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #asking = new Asking(() => this.#root.dataset["handing"] || location.href, answer => this.#take(answer));
  #line = "";

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#root.dataset["focus"] = "";
    this.#show(location.hash.startsWith("#e-") ? location.hash.slice(3) : "");
    for (const what of ["handoff:card", "handoff:board", "visibilitychange"]) document.addEventListener(what, () => this.#soon(), { signal: this.#stop.signal });
    for (const what of ["focusin", "mouseover"]) this.#root.addEventListener(what, event => this.#mark(event.target as HTMLElement), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#asking.stop();
    this.#stop.abort();
  }

  #soon(): void {
    if (!document.hidden) this.#asking.soon(400);
  }

  #take(answer: Answer | null): void {
    if (!answer?.ok) return;
    const fresh = answer.page;
    for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
      const next = fresh.getElementById(part.id);
      if (next && !part.contains(document.activeElement) && !part.querySelector("details[open]")) morphElements(part, next);
    }
    const talk = document.getElementById("handoff-talk");
    const said = fresh.getElementById("handoff-talk");
    if (talk && said && !isBusy(talk)) morphElements(talk, said);
    this.#show(this.#line);
  }

  #mark(target: HTMLElement): void {
    const line = target.closest("li")?.querySelector<HTMLElement>("[data-evidence]") ?? target.closest<HTMLElement>("[data-evidence]");
    if (line) this.#show(line.dataset["evidence"] ?? "");
  }

  #show(line: string): void {
    this.#line = line;
    const ids = new Set(line.split(" ").map(id => `e-${id}`));
    let any = false;
    for (const entry of this.#root.querySelectorAll<HTMLElement>("[id^='e-']")) {
      entry.toggleAttribute("data-marked", ids.has(entry.id));
      any ||= ids.has(entry.id);
    }
    this.#root.dataset["focus"] = any ? "line" : "";
  }
}

/** Follows the huddle from patient to patient; whoever is writing is not taken away, but told. */
export class Huddle implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #reload = new Reload(() => this.#isOn() && !isBusy(this.#root), () => this.#root.dataset["huddle"] ?? "");
  readonly #asking = new Asking(() => this.#root.dataset["huddle"] ?? "", answer => this.#take(answer));
  #stay = "";
  #hasHeard = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    document.addEventListener("handoff:shift", event => this.#heard((event as CustomEvent<{ huddle?: string }>).detail.huddle), { signal: this.#stop.signal });
    document.addEventListener("handoff:board", () => this.#missed(), { signal: this.#stop.signal });
  }

  disconnect(): void {
    this.#stop.abort();
    this.#asking.stop();
    this.#reload.stop();
  }

  #heard(stay: string | undefined): void {
    this.#hasHeard = true;
    this.#turned(stay);
  }

  /** Whatever happened before the page began to listen, or while the line was lost, is asked for; what is heard meanwhile is newer than the answer. */
  #missed(): void {
    this.#hasHeard = false;
    this.#asking.now();
  }

  #take(answer: Answer | null): void {
    const place = answer?.ok ? answer.page.querySelector<HTMLElement>("[data-huddle]") : null;
    if (place && !this.#hasHeard) this.#turned(place.dataset["huddleStay"]);
  }

  #turned(stay: string | undefined): void {
    this.#stay = stay ?? "";
    const told = this.#root.querySelector<HTMLElement>(".huddle-on");
    if (told) told.hidden = !(this.#isOn() && isBusy(this.#root));
    this.#reload.soon();
  }

  #isOn(): boolean {
    return this.#stay !== (this.#root.dataset["huddleStay"] ?? "");
  }
}

/** Counts up quietly; past its minutes it only looks different. */
export class HuddleTimer implements Module {
  readonly #timer: number;

  constructor(root: HTMLElement) {
    const since = Date.parse(root.dataset["huddleTimer"] ?? "");
    const limit = Number(root.dataset["minutes"] ?? 2) * 60;
    const shown = root.querySelector("time");
    const tick = (): void => {
      const seconds = Math.max(0, Math.floor((now() - since) / 1000));
      if (shown) shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      root.toggleAttribute("data-over", seconds >= limit);
    };
    tick();
    this.#timer = window.setInterval(tick, 1000);
  }

  disconnect(): void {
    window.clearInterval(this.#timer);
  }
}

function isBusy(part: HTMLElement): boolean {
  return part.querySelector(":is(input, textarea, select):focus") !== null || part.querySelector("details[open]") !== null || hasUnsent(part);
}
