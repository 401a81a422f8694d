/** What this device remembers. A browser that keeps nothing (private mode, a full disk) costs the memory, never the page. */
const prefix = "handoff.";

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    // Nothing is lost but the choice.
  }
}

/** The keys that start so, without the common prefix. */
export function remembered(start: string): string[] {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix + start)).map(key => key.slice(prefix.length));
  } catch {
    return [];
  }
}
