import { Controller } from "@hotwired/stimulus";
import { HttpError, HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { sayConnection, type Connection } from "./connection";
import { setNow, now } from "../Components/time";

/**
 * A card that changed. Where the page shows cards, `html` is the card as it is to stand there; the server writes it once for all who look.
 */
export interface LiveCard { stay: string; version: number; isGone?: boolean; html?: string | null }
export interface LiveIncident { id: string; version: number }
/** The unit as it stood when this page began to listen, with the cards that the page lacked. */
export interface LiveBoard { unit: string; asOf: string; position: number; cards: LiveCard[]; incidents: LiveIncident[] }

/** What the hub says, and the event on the document by which the page hears it. */
const messages: Record<string, string> = {
  CardShown: "card", Alert: "alert", IncidentsChanged: "incidents", ShiftChanged: "shift", TasksChanged: "tasks", MeetingChanged: "meeting",
};

const waits = [0, 1000, 2000, 5000, 10_000, 15_000];

/** Listens to one unit and tells the page what changed; says when the line was lost, and since when. */
export class Live extends Controller<HTMLElement> {
  static override values = { unit: String };

  declare readonly unitValue: string;

  #hub!: HubConnection;
  #lostAt: number | undefined;
  #timer = 0;
  #hasEnded = false;

  override connect(): void {
    this.#hasEnded = false;
    this.#hub = new HubConnectionBuilder().withUrl("/hubs/board").configureLogging(LogLevel.None)
      .withAutomaticReconnect({ nextRetryDelayInMilliseconds: retry => wait(retry.previousRetryCount) }).build();
    const hub = this.#hub;
    for (const [message, event] of Object.entries(messages)) hub.on(message, (detail: unknown) => tell(event, detail));
    hub.onreconnecting(() => this.#lost());
    hub.onreconnected(() => void this.#watch().catch(() => hub.stop()));
    hub.onclose(() => hub === this.#hub && this.#startLater(1));
    void this.#start();
  }

  override disconnect(): void {
    this.#hasEnded = true;
    window.clearTimeout(this.#timer);
    void this.#hub.stop();
  }

  hurry(): void {
    void this.#start();
  }

  /** A page that is loaded again in place doesn't know how the line stands. */
  keep(event: CustomEvent<{ attributeName: string }>): void {
    if (event.detail.attributeName === "data-connection") event.preventDefault();
  }

  async #start(attempt = 0): Promise<void> {
    if (this.#hasEnded || this.#isUnderWay()) return;
    try {
      if (this.#hub.state === HubConnectionState.Disconnected) await this.#hub.start();
      await this.#watch();
    } catch (error) {
      if (error instanceof HttpError && error.statusCode === 401) return this.#show("signed-out");
      this.#startLater(attempt + 1);
    }
  }

  #startLater(attempt: number): void {
    if (this.#hasEnded) return;
    this.#lost();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#start(attempt), wait(attempt));
  }

  /** Watching answers with what the page lacks, so that whatever happened while the line was lost is on it again. */
  async #watch(): Promise<void> {
    const asked = Date.now();
    const board = await this.#hub.invoke<LiveBoard>("WatchPage", this.unitValue, view(), shown());
    const answered = Date.now();
    setNow(Date.parse(board.asOf), (asked + answered) / 2);
    this.#lostAt = undefined;
    this.#show("live");
    tell("board", board);
  }

  #lost(): void {
    this.#lostAt ??= now();
    this.#show("lost");
  }

  /** A line that stands but was refused the board is asked again: the database may have been away for a moment. */
  #isUnderWay(): boolean {
    return this.#hub.state !== HubConnectionState.Disconnected && !(this.#hub.state === HubConnectionState.Connected && this.#lostAt);
  }

  #show(state: Connection): void {
    this.element.dataset["connection"] = state;
    sayConnection(state, this.#lostAt);
  }
}

/** What this page shows of a card, by the part that shows them. */
function view(): string {
  return document.querySelector<HTMLElement>("[data-card-view]")?.dataset["cardView"] ?? "News";
}

/** The version in which each card stands on the page. */
function shown(): Record<string, number> {
  const cards = document.querySelectorAll<HTMLElement>("[data-card-view] [data-card]");
  return Object.fromEntries([...cards].map(card => [card.dataset["card"] ?? "", Number(card.dataset["version"] ?? 0)]));
}

function wait(attempt: number): number {
  return waits[Math.min(attempt, waits.length - 1)] ?? 15_000;
}

function tell(what: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(`handoff:${what}`, { detail }));
}
