import { morphElements } from "@hotwired/turbo";
import { Asking, type Answer } from "./asking";
import type { LiveBoard, LiveIncident } from "./live";
import type { Module } from "./modules";
import { Newer } from "./reload";

interface IncidentsChanged { incident: string; version: number; incidents: LiveIncident[] }

/** The banners of what goes on now, on top of a board or a wall display: fetched anew when something of them changed. */
export class IncidentBanners implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #asking = new Asking(() => this.#root.dataset["incidents"] ?? "", answer => this.#take(answer));

  constructor(root: HTMLElement) {
    this.#root = root;
    hear("handoff:incidents", this.#stop, detail => this.#compareWith((detail as IncidentsChanged).incidents));
    hear("handoff:board", this.#stop, detail => this.#compareWith((detail as LiveBoard).incidents));
  }

  disconnect(): void {
    this.#stop.abort();
    this.#asking.stop();
  }

  #compareWith(incidents: LiveIncident[]): void {
    const now = incidents.map(one => `${one.id}:${one.version}`).join(" ");
    if (now !== (this.#root.dataset["shown"] ?? "")) this.#asking.now();
  }

  #take(answer: Answer | null): void {
    const next = answer?.page.getElementById(this.#root.id);
    if (next) morphElements(this.#root, next);
  }
}

/** An incident's page is loaded again when a step was recorded, unless somebody is busy on it. */
export class IncidentFollower implements Module {
  readonly #root: HTMLElement;
  readonly #stop = new AbortController();
  readonly #newer: Newer;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#newer = new Newer(root, () => root.contains(document.activeElement));
    hear("handoff:incidents", this.#stop, detail => this.#changed((detail as IncidentsChanged).incident, (detail as IncidentsChanged).version));
    hear("handoff:board", this.#stop, detail => this.#compareWith((detail as LiveBoard).incidents));
  }

  disconnect(): void {
    this.#stop.abort();
    this.#newer.stop();
  }

  /** After the line was lost, an open incident that is on the board no more is over. */
  #compareWith(incidents: LiveIncident[]): void {
    const mine = incidents.find(one => one.id === this.#root.dataset["incident"]);
    if (mine) this.#changed(mine.id, mine.version);
    else if ("open" in this.#root.dataset) this.#changed(this.#root.dataset["incident"] ?? "", Infinity);
  }

  #changed(incident: string, version: number): void {
    if (incident === this.#root.dataset["incident"]) this.#newer.is(version);
  }
}

function hear(what: string, stop: AbortController, act: (detail: unknown) => void): void {
  document.addEventListener(what, event => act((event as CustomEvent<unknown>).detail), { signal: stop.signal });
}
