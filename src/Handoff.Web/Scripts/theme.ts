import { recall, remember } from "./device";
import type { Module } from "./modules";

const themes = ["light", "dark", "night"];

/** Puts the theme that this device remembers on the page; none means that the system decides. */
export function applyTheme(): void {
  const theme = recall("theme") ?? "";
  if (themes.includes(theme)) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

/** The choice between light, dark, night and the system's. */
export class ThemeChoice implements Module {
  constructor(root: HTMLElement) {
    root.hidden = false;
    const current = recall("theme") ?? "system";
    for (const input of root.querySelectorAll<HTMLInputElement>("input")) {
      input.checked = input.value === current;
      input.addEventListener("change", () => choose(input.value));
    }
  }
}

function choose(theme: string): void {
  remember("theme", theme === "system" ? null : theme);
  applyTheme();
}
