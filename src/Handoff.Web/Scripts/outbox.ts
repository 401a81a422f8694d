import { recall, remember, remembered } from "./device";

/** Something to record, under its own request id: however often it is sent, it is recorded once. */
export interface Letter {
  request: string;
  action: string;
  stay: string;
  kind: "check" | "undo";
  fields: [string, string][];
  /** Its line was lost at least once. */
  queued?: boolean;
  /** The log's no, kept with what was typed until somebody has seen to it. */
  refused?: Refusal;
}

export interface Refusal { says: string; field: string }

export type Fate =
  | { kind: "recorded"; events: string[] }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "waiting"; why: "line" | "signed-out" | "expired" };

export interface Posted { letter: Letter; fate: Fate }

const patience = 10_000;
const again = 5_000;
const token = "__RequestVerificationToken";

/**
 * Keeps what is to be recorded on this device until the log has it: sent in order, one at a time, and only in the name of who entered it.
 * Each letter has its own place in the device's memory, so that two windows don't overwrite each other; a browser that keeps nothing
 * still holds them while the page is open.
 */
class Outbox {
  readonly #held = new Map<string, Letter>();
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
  letters(): Letter[] {
    return this.#names().map(name => this.#read(name)).filter(letter => letter !== undefined);
  }

  waiting(): Letter[] {
    return this.letters().filter(letter => !letter.refused);
  }

  /** How many letters lie here that somebody else has to send. */
  ofOthers(): number {
    return remembered("outbox.").filter(name => !name.startsWith(mine())).length;
  }

  post(letter: Letter): void {
    const order = Date.now().toString(36).padStart(9, "0") + String(this.#count++).padStart(4, "0");
    this.#keep(`${mine()}${order}.${letter.request}`, { ...letter, ...(!navigator.onLine && { queued: true }) });
    void this.flush();
  }

  /** Takes a letter back; false if it is on its way or was never here. */
  withdraw(request: string): boolean {
    const name = this.#name(request);
    if (!name || this.#sending === request) return false;
    this.#drop(name);
    return true;
  }

  async flush(): Promise<void> {
    if (this.#sending !== undefined) return;
    window.clearTimeout(this.#timer);
    for (let letter = this.waiting()[0]; letter; letter = this.waiting()[0]) {
      this.#sending = letter.request;
      const fate = await send(letter);
      this.#sending = undefined;
      this.#settle(letter, fate);
      if (fate.kind === "waiting") return;
    }
  }

  #settle(letter: Letter, fate: Fate): void {
    const name = this.#name(letter.request);
    if (fate.kind === "waiting") this.#wait();
    else if (name && fate.kind === "refused") this.#keep(name, { ...letter, refused: fate.refusal });
    else if (name) this.#drop(name);
    document.dispatchEvent(new CustomEvent<Posted>("handoff:posted", { detail: { letter, fate } }));
  }

  #wait(): void {
    for (const name of this.#names()) {
      const letter = this.#read(name);
      if (letter && !letter.refused) this.#keep(name, { ...letter, queued: true });
    }
    this.#timer = window.setTimeout(() => void this.flush(), again);
  }

  #keep(name: string, letter: Letter): void {
    this.#held.set(name, letter);
    remember(name, JSON.stringify(letter));
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

  #read(name: string): Letter | undefined {
    try {
      return this.#held.get(name) ?? JSON.parse(recall(name) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }
}

export const outbox = new Outbox();

/** A new request id; `crypto.randomUUID` exists only where the page came over a secure line. */
export function newRequest(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends a letter once, in the name of whom the page belongs to. */
export async function send(letter: Letter): Promise<Fate> {
  const body = new URLSearchParams(letter.fields);
  body.set("request", letter.request);
  body.set(token, document.querySelector<HTMLInputElement>(`input[name=${token}]`)?.value ?? "");
  if (letter.queued) body.set("queued", "true");
  try {
    return await fateOf(await fetch(letter.action, {
      method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience),
    }));
  } catch {
    return { kind: "waiting", why: "line" };
  }
}

async function fateOf(answer: Response): Promise<Fate> {
  if (answer.type === "opaqueredirect" || answer.status === 401) return { kind: "waiting", why: "signed-out" };
  if (answer.ok) return { kind: "recorded", events: ((await answer.json()) as { events: string[] }).events };
  if (answer.status === 429 || answer.status >= 500) return { kind: "waiting", why: "line" };
  const problem = await answer.json().catch(() => ({})) as { code?: string; title?: string; field?: string };
  if (problem.code === "form-expired") return { kind: "waiting", why: "expired" };
  return { kind: "refused", refusal: { says: problem.title ?? "This was not recorded. Load the page again.", field: problem.field ?? "" } };
}

function mine(): string {
  return `outbox.${document.querySelector<HTMLMetaElement>("meta[name=viewer]")?.content ?? ""}.`;
}
