import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

const kept = browserValue('souk-store-cart');

/** Returns the id of this browser's cart, or null. */
export function useCartId(): string | null {
  return useSyncExternalStore(kept.subscribe, kept.read);
}

/** Keeps the id of this browser's cart. Null: the cart was ordered, or is gone. */
export function keepCartId(id: string | null): void {
  kept.write(id);
}
