import { Controller } from "@hotwired/stimulus";

/** A menu made of details and summary: Escape or a click elsewhere closes it. */
export class Menu extends Controller<HTMLDetailsElement> {
  closeOutside({ target }: Event): void {
    if (!this.element.contains(target as Node)) this.element.open = false;
  }

  close(): void {
    if (!this.element.open) return;
    this.element.open = false;
    this.element.querySelector("summary")?.focus();
  }
}
