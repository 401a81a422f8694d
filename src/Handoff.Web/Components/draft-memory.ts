import { recall, remember, remembered } from "../Layout/device";
import { now } from "./time";

/** What was typed, field by field, and when it was kept. */
export interface KeptDraft { at: number; fields: [string, string][] }

const lifetime = 12 * 60 * 60 * 1000;
let isSigningOut = false;

/** Under which name a draft of whoever is signed in lies on this device. */
export function draftName(key: string): string {
  return `draft.${document.querySelector<HTMLMetaElement>("meta[name=viewer]")?.content ?? ""}.${key}`;
}

/** What is kept and not too old; also the attendance grid's, which is of another shape. */
export function recallDraft<T extends { at: number } = KeptDraft>(name: string): T | null {
  try {
    const kept = JSON.parse(recall(name) ?? "null") as T | null;
    return kept && now() - kept.at < lifetime ? kept : null;
  } catch {
    return null;
  }
}

/** Whoever signs out leaves nothing, also of what they typed last. */
export function keepDraft(name: string, draft: object): void {
  if (!isSigningOut) remember(name, JSON.stringify({ at: now(), ...draft }));
}

export function forgetDraft(name: string): void {
  remember(name, null);
}

/** Drafts are forgotten after twelve hours. */
export function forgetOldDrafts(): void {
  remembered("draft.").filter(name => !recallDraft(name)).forEach(forgetDraft);
}

/** Until somebody is asked for words again. */
export function forgetAllDrafts(): void {
  isSigningOut = true;
  remembered("draft.").forEach(forgetDraft);
}

export function beginDraft(): void {
  isSigningOut = false;
}
