import type { Module } from "./modules";

/** What is wrong with a form is read first: its summary takes the focus. */
export class ErrorSummary implements Module {
  constructor(root: HTMLElement) {
    root.focus();
  }
}
