let drawn = 0;
document.addEventListener("turbo:render", () => drawn++);

/** Whether the page is being loaded, or a form is on its way: what comes then is newer than what would be put in its place now. */
export function isLoading(): boolean {
  return document.querySelector(":is(html, form)[aria-busy]") !== null;
}

/** How often the page has been drawn anew: what was asked for before the last time may be older than what stands there. */
export function timesDrawn(): number {
  return drawn;
}
