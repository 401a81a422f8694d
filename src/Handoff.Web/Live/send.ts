/** Something to record, under its own request id: however often it is sent, it is recorded once. */
export interface QueuedRequest {
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

export type SendResult =
  | { kind: "recorded"; events: string[] }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "waiting"; why: "line" | "signed-out" | "expired" };

const patience = 10_000;
const token = "__RequestVerificationToken";

/** A new request id; `crypto.randomUUID` exists only where the page came over a secure line. */
export function newRequest(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends a request once, in the name of whom the page belongs to. */
export async function send(entry: QueuedRequest): Promise<SendResult> {
  const body = new URLSearchParams(entry.fields);
  body.set("request", entry.request);
  body.set(token, document.querySelector<HTMLInputElement>(`input[name=${token}]`)?.value ?? "");
  if (entry.queued) body.set("queued", "true");
  try {
    return await resultOf(await fetch(entry.action, {
      method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience),
    }));
  } catch {
    return { kind: "waiting", why: "line" };
  }
}

async function resultOf(answer: Response): Promise<SendResult> {
  if (answer.type === "opaqueredirect" || answer.status === 401) return { kind: "waiting", why: "signed-out" };
  if (answer.ok) return { kind: "recorded", events: ((await answer.json()) as { events: string[] }).events };
  if (answer.status === 429 || answer.status >= 500) return { kind: "waiting", why: "line" };
  const problem = await answer.json().catch(() => ({})) as { code?: string; title?: string; field?: string };
  if (problem.code === "form-expired") return { kind: "waiting", why: "expired" };
  return { kind: "refused", refusal: { says: problem.title ?? "This was not recorded. Load the page again.", field: problem.field ?? "" } };
}
