import { recall, remember, remembered } from "../Layout/device";
import { send, type QueuedRequest, type SendResult } from "./send";

/** What became of a request that was sent. */
export interface Sent { entry: QueuedRequest; result: SendResult }

const again = 5_000;

/**
 * Keeps what is to be recorded on this device until the log has it: sent in order, one at a time, and only in the name of who entered it.
 * Each entry has its own place in the device's memory, so that two windows don't overwrite each other; a browser that keeps nothing
 * still holds them while the page is open.
 */
class Outbox {
  readonly #held = new Map<string, QueuedRequest>();
  #sending: string | undefined;
  #timer = 0;
  #count = 0;

  start(): void {
    addEventListener("online", () => void this.flush());
    document.addEventListener("handoff:board", () => void this.flush());
    document.addEventListener("turbo:load", () => void this.flush());
    void this.flush();
  }

  /** What has not reached the log, the oldest first. */
  entries(): QueuedRequest[] {
    return this.#names().map(name => this.#read(name)).filter(entry => entry !== undefined);
  }

  waiting(): QueuedRequest[] {
    return this.entries().filter(entry => !entry.refused);
  }

  /** How many entries lie here that somebody else has to send. */
  ofOthers(): number {
    return remembered("outbox.").filter(name => !name.startsWith(mine())).length;
  }

  post(entry: QueuedRequest): void {
    const order = Date.now().toString(36).padStart(9, "0") + String(this.#count++).padStart(4, "0");
    this.#keep(`${mine()}${order}.${entry.request}`, { ...entry, ...(!navigator.onLine && { queued: true }) });
    void this.flush();
  }

  /** Takes an entry back; false if it is on its way or was never here. */
  withdraw(request: string): boolean {
    const name = this.#name(request);
    if (!name || this.#sending === request) return false;
    this.#drop(name);
    return true;
  }

  async flush(): Promise<void> {
    if (this.#sending !== undefined) return;
    window.clearTimeout(this.#timer);
    for (let entry = this.waiting()[0]; entry; entry = this.waiting()[0]) {
      this.#sending = entry.request;
      const result = await send(entry);
      this.#sending = undefined;
      this.#settle(entry, result);
      if (result.kind === "waiting") return;
    }
  }

  #settle(entry: QueuedRequest, result: SendResult): void {
    const name = this.#name(entry.request);
    if (result.kind === "waiting") this.#wait();
    else if (name && result.kind === "refused") this.#keep(name, { ...entry, refused: result.refusal });
    else if (name) this.#drop(name);
    document.dispatchEvent(new CustomEvent<Sent>("handoff:sent", { detail: { entry, result } }));
  }

  #wait(): void {
    for (const name of this.#names()) {
      const entry = this.#read(name);
      if (entry && !entry.refused) this.#keep(name, { ...entry, queued: true });
    }
    this.#timer = window.setTimeout(() => void this.flush(), again);
  }

  #keep(name: string, entry: QueuedRequest): void {
    this.#held.set(name, entry);
    remember(name, JSON.stringify(entry));
  }

  #drop(name: string): void {
    this.#held.delete(name);
    remember(name, null);
  }

  #names(): string[] {
    const held = [...this.#held.keys()].filter(name => name.startsWith(mine()));
    return [...new Set([...held, ...remembered(mine())])].sort();
  }

  #name(request: string): string | undefined {
    return this.#names().find(name => name.endsWith(`.${request}`));
  }

  #read(name: string): QueuedRequest | undefined {
    try {
      return this.#held.get(name) ?? JSON.parse(recall(name) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }
}

export const outbox = new Outbox();

function mine(): string {
  return `outbox.${document.querySelector<HTMLMetaElement>("meta[name=viewer]")?.content ?? ""}.`;
}
