import { Controller } from "@hotwired/stimulus";
import { isBusy } from "../Live/busy";
import { LatestFetch, type Answer } from "../Live/latest-fetch";
import { Reload } from "../Live/reload";

/** Follows the huddle from patient to patient; whoever is writing is not taken away, but told. */
export class Huddle extends Controller<HTMLElement> {
  static override values = { src: String, stay: String };
  static override targets = ["on"];

  declare readonly srcValue: string;
  /** Of whom this page speaks. */
  declare readonly stayValue: string;
  declare readonly onTargets: HTMLElement[];

  #reload!: Reload;
  #fetch!: LatestFetch;
  #stay = "";
  #hasHeard = false;

  override connect(): void {
    this.#reload = new Reload(() => this.#isOn() && !this.#isBusy(), () => this.srcValue);
    this.#fetch = new LatestFetch(() => this.srcValue, answer => this.#take(answer));
  }

  override disconnect(): void {
    this.#fetch.stop();
    this.#reload.stop();
  }

  heard({ detail }: CustomEvent<{ huddle?: string }>): void {
    this.#hasHeard = true;
    this.#turned(detail.huddle);
  }

  /**
   * Whatever happened before the page began to listen, or while the line was lost, is asked for; what is heard meanwhile is newer than the
   * answer.
   */
  missed(): void {
    this.#hasHeard = false;
    this.#fetch.now();
  }

  #take(answer: Answer | null): void {
    const place = answer?.ok ? answer.page.querySelector<HTMLElement>("[data-controller~=huddle]") : null;
    if (place && !this.#hasHeard) this.#turned(place.dataset["huddleStayValue"]);
  }

  #turned(stay: string | undefined): void {
    this.#stay = stay ?? "";
    this.onTargets.forEach(told => (told.hidden = !(this.#isOn() && this.#isBusy())));
    this.#reload.soon();
  }

  #isOn(): boolean {
    return this.#stay !== this.stayValue;
  }

  #isBusy(): boolean {
    return isBusy(this.element, "field open unsent");
  }
}
