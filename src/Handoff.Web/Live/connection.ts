import { wallClock } from "../Components/time";

export type Connection = "live" | "lost" | "signed-out";

/** Says in the page whether it still hears from the server, and since when it doesn't. */
export function sayConnection(state: Connection, lostAt: number | undefined): void {
  for (const notice of document.querySelectorAll<HTMLElement>("[data-connection-notice]")) {
    notice.hidden = notice.dataset["connectionNotice"] !== state;
  }
  for (const words of document.querySelectorAll("[data-lost-since]")) {
    words.textContent = lostAt ? wallClock(lostAt) : "";
  }
}
