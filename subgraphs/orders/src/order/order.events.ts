import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { OrderChanged, OrderPlaced } from '../contract.ts';
import type { OrderAgreement } from './order-agreement.ts';
import { deriveStatuses } from './order-status.ts';
import type { Order, RecordedEntry } from './order.ts';

/** One `OrderChanged` event for each new history entry, with the statuses after the change. */
export function changesOf(order: Order, history: readonly RecordedEntry[]): DomainEvent[] {
  const statuses = deriveStatuses(order);
  return history.map(({ id, type, at }) =>
    eventOf(OrderChanged, order.id, {
      orderId: order.id,
      number: order.number,
      eventId: id,
      type,
      at: at.toISOString(),
      ...statuses,
    }),
  );
}

/** The `OrderPlaced` event of a new order. */
export function placedEventOf({ id, number }: Order, agreement: OrderAgreement): DomainEvent {
  return eventOf(OrderPlaced, id, {
    orderId: id,
    number,
    ...(agreement.customerId && { customerId: agreement.customerId }),
    email: agreement.email,
    name: agreement.shippingAddress.name,
    locale: agreement.locale,
    total: agreement.totals.total,
    lines: agreement.lines.map(({ sku, quantity }) => ({ sku, quantity })),
  });
}
