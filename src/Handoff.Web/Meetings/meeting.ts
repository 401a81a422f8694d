import { Controller } from "@hotwired/stimulus";
import { visit } from "@hotwired/turbo";

/** A team meeting goes from patient to patient by the arrow keys, unless they are needed where the focus is. */
export class Meeting extends Controller<HTMLElement> {
  static override targets = ["previous", "next"];

  declare readonly previousTargets: HTMLAnchorElement[];
  declare readonly nextTargets: HTMLAnchorElement[];

  previous(event: KeyboardEvent): void {
    go(event, this.previousTargets);
  }

  next(event: KeyboardEvent): void {
    go(event, this.nextTargets);
  }
}

function go(event: KeyboardEvent, [link]: HTMLAnchorElement[]): void {
  const isTyping = (event.target as Element).closest("input, textarea, select, [contenteditable]") !== null;
  if (link && !event.defaultPrevented && !isTyping) visit(link.href);
}
