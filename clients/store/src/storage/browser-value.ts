/** A text that this browser keeps. All tabs of the shop share it. */
export interface BrowserValue {
  /** Null: nothing is kept. */
  read(): string | null;
  /** @param text null removes the kept text */
  write(text: string | null): void;
  /** Calls the listener after each change, also one of another tab. @returns a function that ends the calls */
  subscribe(listener: () => void): () => void;
}

/** The value of a key of `localStorage`, for `useSyncExternalStore`. */
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
