/** Offers for a few seconds to take back what was just recorded, in place of any other such offer. */
export function offerUndo(template: HTMLTemplateElement, words: string, undo: () => void): void {
  withdrawOffers();
  const toast = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
  toast.querySelector("[data-words]")!.textContent = words;
  toast.querySelector("button")!.addEventListener("click", () => {
    toast.remove();
    undo();
  });
  document.body.append(toast);
}

export function withdrawOffers(): void {
  document.querySelectorAll(".toast").forEach(toast => toast.remove());
}
