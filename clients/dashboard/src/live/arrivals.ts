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
  /** The type of the latest change that a subscription delivered. Null for an order that a query returned. */
  readonly change: string | null;
  /**
   * The time at which a subscription delivered the order, in milliseconds since 1970. 0 for an order that a query
   * returned.
   */
  readonly receivedAt: number;
}

/** The maximum number of orders in the live list. */
const KEPT = 20;

/** Puts a changed order first in the list, which has each order once. An outdated version of an order is ignored. */
export function arrive(orders: readonly LiveOrder[], changed: LiveOrder): readonly LiveOrder[] {
  const known = orders.find(({ id }) => id === changed.id);
  if (known && known.version > changed.version) return orders;
  return [changed, ...orders.filter(({ id }) => id !== changed.id)].slice(0, KEPT);
}

/** Combines orders from the subscription with orders from a query. The orders from the subscription are first. */
export function withRead(live: readonly LiveOrder[], read: readonly LiveOrder[]): readonly LiveOrder[] {
  const delivered = new Set(live.map(({ id }) => id));
  return [...live, ...read.filter(({ id }) => !delivered.has(id))].slice(0, KEPT);
}
