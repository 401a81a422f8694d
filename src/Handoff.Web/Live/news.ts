import type { LiveBoard, LiveIncident } from "./live";

/** What the hub says, as far as it names somebody: of a patient, of an incident, of all that go on. */
interface News { stay?: string; incident?: string; version?: number; incidents?: LiveIncident[] }

/** What a part of a page says of itself. */
interface Shown {
  /** The patient or the incident it is about; empty if it is about nobody in particular. */
  about: string;
  /** The incidents it shows, each with its version; undefined if it shows none. */
  incidents: string | undefined;
}

/** How new what is told is for a part: a version, 0 if it is not about it, Infinity if it names no version. */
export function newness(detail: unknown, shown: Shown): number {
  const news = (typeof detail === "object" ? detail ?? {} : {}) as News;
  if (shown.incidents !== undefined) return versions(news.incidents ?? []) === shown.incidents ? 0 : Infinity;
  const about = news.stay ?? news.incident;
  if (shown.about && about && about !== shown.about) return 0;
  return shown.about && about ? news.version ?? Infinity : Infinity;
}

/**
 * The same of a unit as it stands when a page begins to listen, which it also does after the line was lost.
 * @param isPresent whether it would be on the unit: who is there no more has left, and what goes on no more is over.
 */
export function newnessOf(board: LiveBoard, shown: Shown, isPresent: boolean): number {
  if (shown.incidents !== undefined) return versions(board.incidents) === shown.incidents ? 0 : Infinity;
  const mine = board.cards.find(card => card.stay === shown.about) ?? board.incidents.find(incident => incident.id === shown.about);
  return mine?.version ?? (isPresent ? board.position : 0);
}

function versions(incidents: LiveIncident[]): string {
  return incidents.map(incident => `${incident.id}:${incident.version}`).join(" ");
}
