import { Controller } from "@hotwired/stimulus";

const far = 90;

/** A swipe to the right says what the button says; one to the left goes on without saying it. Up and down is scrolling. */
export class Look extends Controller<HTMLElement> {
  static override targets = ["on"];

  declare readonly onTarget: HTMLAnchorElement;

  #from: { x: number; y: number } | null = null;

  begin(event: PointerEvent): void {
    const isPressed = event.pointerType === "mouse" || (event.target as HTMLElement).closest("button, a, summary") !== null;
    this.#from = isPressed ? null : { x: event.clientX, y: event.clientY };
  }

  end(event: PointerEvent): void {
    const from = this.#from;
    this.#from = null;
    if (!from) return;
    const across = event.clientX - from.x;
    if (Math.abs(across) < far || Math.abs(event.clientY - from.y) > Math.abs(across) / 2) return;
    if (across > 0) this.element.querySelector<HTMLFormElement>("form")?.requestSubmit();
    else this.onTarget.click();
  }

  cancel(): void {
    this.#from = null;
  }
}
