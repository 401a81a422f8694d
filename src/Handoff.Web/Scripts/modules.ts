/** A behaviour of one element: made when its element appears on the page, told when the element is gone. */
export interface Module {
  disconnect?(): void;
}

type Kind = new (root: HTMLElement) => Module;

/** Brings modules to the elements that ask for them by attribute, also after Turbo has changed the page. */
export class Modules {
  readonly #kinds = new Map<string, Kind>();
  readonly #alive = new Map<string, Map<HTMLElement, Module>>();

  add(selector: string, kind: Kind): this {
    this.#kinds.set(selector, kind);
    this.#alive.set(selector, new Map());
    return this;
  }

  start(): void {
    new MutationObserver(() => this.#match()).observe(document.documentElement, { childList: true, subtree: true });
    this.#match();
  }

  #match(): void {
    for (const [selector, kind] of this.#kinds) {
      const alive = this.#alive.get(selector)!;
      for (const [root, module] of alive) {
        if (!root.isConnected) this.#end(alive, root, module);
      }
      for (const root of document.querySelectorAll<HTMLElement>(selector)) {
        if (!alive.has(root)) alive.set(root, new kind(root));
      }
    }
  }

  #end(alive: Map<HTMLElement, Module>, root: HTMLElement, module: Module): void {
    alive.delete(root);
    module.disconnect?.();
  }
}
