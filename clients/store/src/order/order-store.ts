import { useSyncExternalStore } from 'react';

/** An order that was placed or opened in this browser. The access token opens the order without a login. */
export interface KeptOrder {
  readonly id: string;
  readonly number: string;
  readonly placedAt: string;
  readonly accessToken: string;
}

const KEY = 'souk-store-orders';
const MOST = 20;
const listeners = new Set<() => void>();
const NONE: readonly KeptOrder[] = [];
let read: { readonly text: string | null; readonly orders: readonly KeptOrder[] } = { text: null, orders: NONE };

function keptOrders(): readonly KeptOrder[] {
  const text = localStorage.getItem(KEY);
  if (text !== read.text) read = { text, orders: text === null ? NONE : (JSON.parse(text) as readonly KeptOrder[]) };
  return read.orders;
}

/** Returns the stored orders, newest first. A change renders the component again. */
export function useKeptOrders(): readonly KeptOrder[] {
  return useSyncExternalStore(subscribe, keptOrders);
}

/** Stores an order. An earlier entry of the same order is replaced. */
export function keepOrder(order: KeptOrder): void {
  const others = keptOrders().filter(({ id }) => id !== order.id);
  localStorage.setItem(KEY, JSON.stringify([order, ...others].slice(0, MOST)));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
