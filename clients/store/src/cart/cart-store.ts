import { useSyncExternalStore } from 'react';

const KEY = 'souk-store-cart';
const listeners = new Set<() => void>();

const readId = () => localStorage.getItem(KEY);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // The same shop in another tab.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** Returns the id of this browser's cart, or null. */
export function useCartId(): string | null {
  return useSyncExternalStore(subscribe, readId);
}

/** Keeps the id of this browser's cart. Null: the cart was ordered, or is gone. */
export function keepCartId(id: string | null): void {
  if (id === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, id);
  for (const listener of listeners) listener();
}
