import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

const kept = browserValue('souk-store-cart');

/** Returns the id of this browser's cart, or null when the browser has no cart. */
export function useCartId(): string | null {
  return useSyncExternalStore(kept.subscribe, kept.read);
}

/** Stores the id of this browser's cart. Null removes it, for instance after the order. */
export function keepCartId(id: string | null): void {
  kept.write(id);
}
