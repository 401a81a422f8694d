
export function isField(element: unknown): element is HTMLInputElement {
  return element instanceof HTMLInputElement
    ? element.type !== "hidden" : element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/** One of several, or on and off. */
export function isTick(input: HTMLInputElement): boolean {
  return input.type === "radio" || input.type === "checkbox";
}

export function isFilled(input: HTMLInputElement): boolean {
  return isTick(input) ? input.checked : input.value !== "";
}
