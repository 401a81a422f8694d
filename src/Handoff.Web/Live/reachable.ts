import { Controller } from "@hotwired/stimulus";
import { sayConnection } from "./connection";
import type { Answer } from "./latest-fetch";
import { now } from "../Components/time";

/** A page that listens to no unit says by its region's answers whether the server can be reached. */
export class Reachable extends Controller<HTMLElement> {
  #lostAt: number | undefined;

  say({ detail: { answer } }: CustomEvent<{ answer: Answer | null }>): void {
    this.#lostAt = answer?.ok ? undefined : this.#lostAt ?? now();
    sayConnection(answer?.ok ? "live" : answer?.type === "opaqueredirect" ? "signed-out" : "lost", this.#lostAt);
  }
}
