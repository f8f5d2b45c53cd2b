/** A text in the browser's `localStorage`, which all tabs of the shop share. */
export interface BrowserValue {
  /** Returns null when nothing is stored. */
  read(): string | null;
  /** @param text null removes the stored text */
  write(text: string | null): void;
  /** Calls the listener after each change, including changes by other tabs. @returns a function that unsubscribes */
  subscribe(listener: () => void): () => void;
}

/** Wraps one key of `localStorage`, for `useSyncExternalStore`. */
export function browserValue(key: string): BrowserValue {
  const listeners = new Set<() => void>();
  return {
    read: () => localStorage.getItem(key),
    write(text) {
      if (text === null) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      addEventListener('storage', listener);
      return () => {
        listeners.delete(listener);
        removeEventListener('storage', listener);
      };
    },
  };
}
