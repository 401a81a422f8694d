const again = 3000;
const patience = 15_000;

/** What the server said, read to its end. A page that asks to sign in first is not followed: its type is `opaqueredirect`. */
export interface Answer { ok: boolean; status: number; type: ResponseType; page: Document }

/**
 * @returns null if the server could not be reached, the line broke in the middle of its answer, or nothing came: a line that is half dead
 * says nothing for minutes.
 */
async function ask(address: string, signal: AbortSignal): Promise<Answer | null> {
  if (signal.aborted) return null;
  const impatient = new AbortController();
  const stop = (): void => impatient.abort();
  const timer = window.setTimeout(stop, patience);
  signal.addEventListener("abort", stop);
  try {
    const answer = await fetch(address, { redirect: "manual", signal: impatient.signal });
    const { ok, status, type } = answer;
    return { ok, status, type, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
  } catch {
    return null;
  } finally {
    window.clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

/** Worth asking again: it was not the question that was wrong. */
function hasFailed(answer: Answer | null): boolean {
  return !answer || answer.status >= 500;
}

/**
 * Asks for what others change: one question at a time. What is heard while an answer is on its way is asked for once more after it,
 * so that an older answer never stands over a newer one; and a question that failed is asked again.
 */
export class LatestFetch {
  readonly #address: () => string | null;
  readonly #take: (answer: Answer | null) => void;
  readonly #stop = new AbortController();
  #timer = 0;
  #due = Infinity;
  #isAsking = false;
  #isWanted = false;

  /** @param address says, when it is time, what to ask for; null if there is nothing to ask for any more. */
  constructor(address: () => string | null, take: (answer: Answer | null) => void) {
    this.#address = address;
    this.#take = take;
  }

  /** Once for all that is heard within the wait; whoever goes on hearing is not put off for ever. */
  soon(wait: number): void {
    const due = performance.now() + wait;
    if (this.#due <= due) return;
    this.#plan(due);
    this.#timer = window.setTimeout(() => this.now(), wait);
  }

  now(): void {
    this.#plan(Infinity);
    this.#isWanted = this.#isAsking;
    if (!this.#isAsking) void this.#ask();
  }

  stop(): void {
    this.#plan(Infinity);
    this.#stop.abort();
  }

  #plan(due: number): void {
    window.clearTimeout(this.#timer);
    this.#due = due;
  }

  async #ask(): Promise<void> {
    const address = this.#address();
    if (address === null) return;
    this.#isAsking = true;
    const answer = await ask(address, this.#stop.signal);
    this.#isAsking = false;
    if (this.#stop.signal.aborted) return;
    this.#take(answer);
    if (this.#isWanted) this.now();
    else if (hasFailed(answer)) this.soon(again);
  }
}
