import { Controller } from "@hotwired/stimulus";

/**
 * Lanes and the list below them show each other: a mark its entries, an entry its time and its mark. Nothing moves; where there is no
 * mouse, the focus does it.
 */
export class LaneLink extends Controller<HTMLElement> {
  show(event: Event): void {
    const target = event.target as Element;
    const mark = target.closest<SVGAElement>("a[data-entry]");
    const told = target.closest<HTMLElement>("div.told[id], details.told-calm");
    if (!mark && !told) return this.clear();
    const shown = mark ? visible(this.#entry(mark)) : told;
    this.clear();
    shown?.toggleAttribute("data-marked", true);
    if (told && shown) this.#point(shown);
  }

  clear(): void {
    for (const marked of this.element.querySelectorAll("[data-marked]")) marked.removeAttribute("data-marked");
    this.element.querySelector(".lanes-cursor")?.remove();
  }

  /** An entry that is on the page is gone to where it stands; any other is a link. */
  go(event: MouseEvent): void {
    const mark = (event.target as Element).closest<SVGAElement>("a[data-entry]");
    const entry = mark && this.#entry(mark);
    if (!entry || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    entry.closest("details")?.setAttribute("open", "");
    entry.scrollIntoView({ block: "center" });
    entry.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  /** What is recorded meanwhile renews the list; what is marked stays so. */
  keep(event: CustomEvent<{ attributeName: string }>): void {
    if (event.detail.attributeName === "data-marked") event.preventDefault();
  }

  /** The entry's time on the axis, and the marks that rest on it. */
  #point(told: HTMLElement): void {
    const ids = new Set([told, ...told.querySelectorAll<HTMLElement>("div.told[id]")].map(entry => entry.id));
    for (const mark of this.element.querySelectorAll<SVGAElement>("a[data-entry]")) {
      mark.toggleAttribute("data-marked", ids.has(mark.dataset["entry"] ?? ""));
    }
    const times = [...told.querySelectorAll<HTMLTimeElement>(".told-at time")].map(time => Date.parse(time.dateTime));
    const axis = this.element.querySelector<SVGSVGElement>("svg[data-from]");
    if (axis && times.length > 0) cursor(axis, Math.min(...times), Math.max(...times));
  }

  #entry(mark: SVGAElement): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(`[id='${mark.dataset["entry"]}']`);
  }
}

/** An entry inside of a run that is folded is shown by the run. */
function visible(entry: HTMLElement | null): HTMLElement | null {
  return entry?.closest<HTMLElement>("details.told-calm:not([open])") ?? entry;
}

function cursor(axis: SVGSVGElement, from: number, to: number): void {
  const [start, end] = [Date.parse(axis.dataset["from"] ?? ""), Date.parse(axis.dataset["to"] ?? "")];
  if (to < start || from > end) return;
  const share = (at: number): number => Math.min(Math.max((at - start) / (end - start), 0), 1) * 100;
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const width = Math.max(share(to) - share(from), 0.25);
  const shape = { class: "lanes-cursor", x: `${share(from)}%`, width: `${width}%`, y: axis.dataset["top"] ?? "0", height: "100%" };
  for (const [name, value] of Object.entries(shape)) rect.setAttribute(name, value);
  axis.append(rect);
}
