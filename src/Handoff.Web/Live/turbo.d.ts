/** The parts of Turbo that these scripts call; the package brings no types of its own. */
declare module "@hotwired/turbo" {
  export function visit(location: string, options?: { action?: "advance" | "replace" }): void;
  export function morphElements(current: Element, next: Element): void;
  export function start(): void;
}
