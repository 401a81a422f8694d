import { Controller } from "@hotwired/stimulus";
import { applyTheme, remembersTheme, rememberTheme } from "./theme-memory";

/** The choice between light, dark, night and the system's. */
export class ThemeChoice extends Controller<HTMLElement> {
  static override targets = ["choice"];

  declare readonly choiceTargets: HTMLInputElement[];

  override connect(): void {
    this.show();
  }

  /** Also after the page was brought up to date, as if nobody had shown it. */
  show(): void {
    this.element.hidden = false;
    for (const input of this.choiceTargets) input.checked = input.value === remembersTheme();
  }

  choose({ target }: Event): void {
    rememberTheme((target as HTMLInputElement).value);
    applyTheme();
  }
}
