import { recall, remember } from "./device";

const themes = ["light", "dark", "night"];

/** Puts the theme that this device remembers on the page; none means that the system decides. */
export function applyTheme(): void {
  const theme = remembersTheme();
  if (themes.includes(theme)) document.documentElement.dataset["theme"] = theme;
  else delete document.documentElement.dataset["theme"];
}

export function remembersTheme(): string {
  return recall("theme") ?? "system";
}

export function rememberTheme(theme: string): void {
  remember("theme", theme === "system" ? null : theme);
}
