import { Controller } from "@hotwired/stimulus";

/** Beside a handoff's note stand the entries on which the line in focus rests, and no others. */
export class Evidence extends Controller<HTMLElement> {
  #line = "";

  override connect(): void {
    this.#show(location.hash.startsWith("#e-") ? location.hash.slice(3) : "");
  }

  /** The line that is pointed at or has the focus. */
  point({ target }: Event): void {
    const within = (target as HTMLElement).closest("li")?.querySelector<HTMLElement>("[data-evidence]");
    const line = within ?? (target as HTMLElement).closest<HTMLElement>("[data-evidence]");
    if (line) this.#show(line.dataset["evidence"] ?? "");
  }

  /** The entries, or the page, were fetched anew. */
  again(): void {
    this.#show(this.#line);
  }

  #show(line: string): void {
    this.#line = line;
    const ids = new Set(line.split(" ").map(id => `e-${id}`));
    let any = false;
    for (const entry of this.element.querySelectorAll<HTMLElement>("[id^='e-']")) {
      entry.toggleAttribute("data-marked", ids.has(entry.id));
      any ||= ids.has(entry.id);
    }
    this.element.dataset["focus"] = any ? "line" : "";
  }
}
