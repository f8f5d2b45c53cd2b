import type { Money } from '../i18n/format.ts';

/** An order in the live list. */
export interface LiveOrder {
  readonly id: string;
  readonly number: string;
  readonly email: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly fulfillmentStatus: string;
  readonly placedAt: string;
  readonly version: number;
  readonly totals: { readonly total: Money };
  /** The type of the latest change. Null for an order that was read, not delivered. */
  readonly change: string | null;
  /** The time of the delivery, in milliseconds since 1970. 0 for an order that was read. */
  readonly receivedAt: number;
}

/** The live list keeps this number of orders. */
const KEPT = 20;

/** Returns the list after a change: the changed order first, and each order once. A change with an older version than the list is ignored. */
export function arrive(orders: readonly LiveOrder[], changed: LiveOrder): readonly LiveOrder[] {
  const known = orders.find(({ id }) => id === changed.id);
  if (known && known.version > changed.version) return orders;
  return [changed, ...orders.filter(({ id }) => id !== changed.id)].slice(0, KEPT);
}

/** Returns the delivered orders, followed by the orders that were read before. */
export function withRead(live: readonly LiveOrder[], read: readonly LiveOrder[]): readonly LiveOrder[] {
  const delivered = new Set(live.map(({ id }) => id));
  return [...live, ...read.filter(({ id }) => !delivered.has(id))].slice(0, KEPT);
}
