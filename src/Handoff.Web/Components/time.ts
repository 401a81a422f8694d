/** The server's clock, as well as this page can know it: a tablet whose own clock is wrong still counts right. */
let offset = 0;

export function now(): number {
  return standing() ?? Date.now() + offset;
}

/** In training the server's clock stands until somebody moves it, and every time on the page with it. */
function standing(): number | undefined {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=server-now][data-stands]");
  return meta ? Date.parse(meta.content) : undefined;
}

/** Takes the time to which the standing clock was moved. */
export function stand(server: string): void {
  document.querySelector<HTMLMetaElement>("meta[name=server-now][data-stands]")?.setAttribute("content", server);
}

/** Takes the server's time as it was at a moment of this page's clock. */
export function setNow(server: number, here = Date.now()): void {
  if (Number.isFinite(server)) offset = server - here;
}

/** Reads the time that the server wrote into the first page, as of the moment its answer began to arrive. */
export function readNow(): void {
  const meta = document.querySelector<HTMLMetaElement>("meta[name=server-now]");
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const here = navigation ? performance.timeOrigin + navigation.responseStart : Date.now();
  if (meta) setNow(Date.parse(meta.content), here);
}

/**
 * The unit's clock on the wall, `14:32:08` or `14:32`; in the hour that comes twice with the zone's name, as the server writes it
 * (UnitTime.Clock).
 */
export function wallClock(at: number, seconds = false): string {
  const format = inZone({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(seconds && { second: "2-digit" }) });
  return format.format(at) + nameIfTwice(at);
}

/** A clock that is put back, by an hour or on Lord Howe by half of one, shows the same time before or after. */
function nameIfTwice(at: number): string {
  const shown = (moment: number): string => inZone({ day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);
  const here = shown(at);
  const [isFirst, isSecond] = [1, -1].map(way => [30, 60].some(minutes => shown(at + way * minutes * 60_000) === here));
  if (!isFirst && !isSecond) return "";
  const [forward, back] = document.querySelector<HTMLElement>("[data-zone-names]")?.dataset["zoneNames"]?.split(" ") ?? [];
  return ` ${(isFirst ? forward : back) ?? offsetName(at)}`;
}

/** `UTC-05:00`, where the zone's time has no name. */
function offsetName(at: number): string {
  const name = inZone({ timeZoneName: "longOffset" }).formatToParts(at).find(part => part.type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC");
}

/** `Sat 21 Nov`, as the server writes it (UnitTime.Day). */
export function wallDay(at: number): string {
  const parts = inZone({ weekday: "short", day: "numeric", month: "short" }).formatToParts(at);
  return ["weekday", "day", "month"].map(type => parts.find(part => part.type === type)?.value.slice(0, 3)).join(" ");
}

/** Elapsed time in the server's words (UnitTime.Span): `4 min`, `3 h 05 min`. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** `just now`, `4 min ago`. */
export function ago(at: number): string {
  const gone = now() - at;
  return gone < 60_000 ? "just now" : `${span(gone)} ago`;
}

/** Making one costs far more than using it, and a board asks for some each second. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** On the page's unit; on the device's own clock where the page is about no unit. */
function inZone(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const zone = document.querySelector<HTMLElement>("[data-zone]")?.dataset["zone"];
  const key = JSON.stringify([zone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, ...(zone && { timeZone: zone }) });
  formats.set(key, format);
  return format;
}
