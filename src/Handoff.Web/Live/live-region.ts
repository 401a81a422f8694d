import { Controller } from "@hotwired/stimulus";
import { morphElements } from "@hotwired/turbo";
import { isBusy } from "./busy";
import { LatestFetch, type Answer } from "./latest-fetch";
import type { LiveBoard } from "./live";
import { isLoading, timesDrawn } from "./loading";
import { newness, newnessOf } from "./news";
import { Schedule } from "./schedule";

type Part = [HTMLElement, find: (page: Document) => Element | null];

/** While the page is being loaded, it is looked again whether it is. */
const moment = 100;

/**
 * A part of a page that others change. What it hears makes it fetch itself anew, and it is morphed in its place; a part in which somebody
 * is busy waits, and says that it is old. What it listens to stands in its `data-action`; without a `src` it only says that it is old.
 */
export class LiveRegion extends Controller<HTMLElement> {
  static override values = {
    src: String, parts: String, busy: String, about: String, version: Number, incidents: String,
    present: Boolean, wait: Number, every: Number, at: String,
  };

  declare readonly srcValue: string;
  /** Which elements are put in their place, as a selector of each; none is this element itself. Those with an id are known by it. */
  declare readonly partsValue: string;
  /** What makes a part wait (busy.ts); nothing is an answer too. A part can have reasons of its own in `data-live-busy`. */
  declare readonly busyValue: string;
  declare readonly aboutValue: string;
  /** Which version is shown; a region that has none fetches itself whatever it hears. */
  declare readonly versionValue: number;
  declare readonly hasVersionValue: boolean;
  declare readonly incidentsValue: string;
  declare readonly hasIncidentsValue: boolean;
  declare readonly presentValue: boolean;
  /** How long, in milliseconds, it waits for more to be heard. */
  declare readonly waitValue: number;
  /** How many seconds later it fetches itself without having heard anything. */
  declare readonly everyValue: number;
  declare readonly hasEveryValue: boolean;
  /** At which moment it does. */
  declare atValue: string;

  #fetch!: LatestFetch;
  #schedule!: Schedule;
  #newest = 0;
  #drawn = 0;
  #wasLive = false;

  override connect(): void {
    this.#fetch = new LatestFetch(() => this.#address(), answer => this.#take(answer));
    const every = (): number => this.hasEveryValue ? this.everyValue : Infinity;
    this.#schedule = new Schedule(every, () => Date.parse(this.atValue), () => this.#fetch.now());
  }

  override disconnect(): void {
    this.#schedule.stop();
    this.#fetch.stop();
  }

  /** Something was recorded. */
  heard({ detail }: CustomEvent<unknown>): void {
    this.#learn(newness(detail, this.#shown()));
  }

  /** The same; but a page that nobody sees waits until somebody looks at it. */
  heardIfSeen(event: CustomEvent<unknown>): void {
    if (!document.hidden) this.heard(event);
  }

  /** Whatever happened before the page began to listen, or while the line was lost, was not heard. */
  compare({ detail }: CustomEvent<LiveBoard>): void {
    const isKnown = this.hasVersionValue || this.hasIncidentsValue;
    this.#learn(isKnown ? newnessOf(detail, this.#shown(), this.presentValue) : Infinity);
  }

  /** A region that hears nothing fetches itself when the line is back: it may have been lost because a new version came. */
  again(): void {
    if (this.#wasLive) this.#fetch.now();
    this.#wasLive = true;
  }

  /** A part that waited need not wait any more. The focus that leaves an element is not yet at the next one. */
  catchUp(): void {
    queueMicrotask(() => {
      if (this.#parts().some(([part]) => part.hasAttribute("data-stale") && !isBusy(part, "focus"))) this.#fetch.now();
    });
  }

  #shown(): { about: string; incidents: string | undefined } {
    return { about: this.aboutValue, incidents: this.hasIncidentsValue ? this.incidentsValue : undefined };
  }

  #learn(version: number): void {
    if (version <= (this.hasVersionValue ? this.versionValue : 0)) return;
    this.#newest = Math.max(this.#newest, version);
    if (this.waitValue > 0) this.#fetch.soon(this.waitValue);
    else this.#fetch.now();
  }

  /** Where to ask, when it is time; others may have a word in it (`live-region:ask`). */
  #address(): string | null {
    this.#schedule.asked();
    if (this.#mustWait() || (this.hasVersionValue && this.#newest <= this.versionValue)) return null;
    const parts = this.#parts().map(([part]) => this.#waits(part));
    if (!this.hasEveryValue && parts.every(waits => waits)) return null;
    this.#drawn = timesDrawn();
    const asked = { address: this.srcValue };
    this.dispatch("ask", { detail: asked });
    return asked.address;
  }

  #take(answer: Answer | null): void {
    const event = this.dispatch("answer", { detail: { answer }, cancelable: true });
    if (!answer?.ok || event.defaultPrevented || this.#mustWait() || this.#isOvertaken()) return;
    const at = answer.page.querySelector("[data-live-region-at-value]")?.getAttribute("data-live-region-at-value");
    if (at) this.atValue = at;
    for (const [part, find] of this.#parts()) {
      const next = find(answer.page);
      if (!next || this.#waits(part)) continue;
      part.removeAttribute("data-stale");
      morphElements(part, next);
    }
    this.dispatch("shown");
  }

  /** What somebody can be busy in is not put in place while a form is on its way, nor while the page itself is coming. */
  #mustWait(): boolean {
    const mustWait = this.busyValue !== "" && isLoading();
    if (mustWait) this.#fetch.soon(moment);
    return mustWait;
  }

  /** The page was drawn anew while the answer was on its way: it may be older than what stands there now. */
  #isOvertaken(): boolean {
    const isOvertaken = this.#drawn !== timesDrawn();
    if (isOvertaken) this.#fetch.soon(moment);
    return isOvertaken;
  }

  /** What somebody is busy in is not taken from under their hands: it is marked as old until they have gone. */
  #waits(part: HTMLElement): boolean {
    const waits = this.srcValue === "" || isBusy(part, part.dataset["liveBusy"] ?? this.busyValue);
    if (waits) part.dataset["stale"] = "";
    return waits;
  }

  /** Each part, with what finds it in a page that has come. */
  #parts(): Part[] {
    const found = (selector: string): Part[] =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((part, i) =>
        [part, page => part.id ? page.getElementById(part.id) : page.querySelectorAll(selector)[i] ?? null]);
    if (this.partsValue === "") return [[this.element, page => page.getElementById(this.element.id)]];
    return this.partsValue.split(", ").flatMap(found);
  }
}
