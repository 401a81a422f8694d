import { Controller } from "@hotwired/stimulus";

/** What is wrong with a form is read first: its summary takes the focus. */
export class ErrorSummary extends Controller<HTMLElement> {
  override connect(): void {
    this.element.focus();
  }
}
