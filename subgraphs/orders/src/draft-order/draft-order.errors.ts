import { failure, type Failure } from '@souk/kit/domain';
import type { DraftOrderStatus } from './draft-order.ts';

/** Returned when the tenant has no draft order with this id. */
export function draftNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such draft order', ['id']);
}

/** Returned when the draft became an order, or expired. */
export function draftClosed(status: DraftOrderStatus): Failure<'DRAFT_ORDER_CLOSED'> {
  const why = status === 'PLACED' ? 'became an order; change the order' : 'expired; create a new one';
  return failure('DRAFT_ORDER_CLOSED', `This draft order ${why}`, ['id']);
}

/** Returned when the entered expiry is in the past or more than 180 days away. */
export function expiryInvalid(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'A draft order expires in the future, at most 180 days from now', ['expiresAt']);
}

/** Returned when staff enter both a price and a discount for a line. */
export function priceTwice(field: readonly string[]): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'A line takes either unitPrice or discountPercent; remove one of them', field);
}

/** Returned when staff enter a price or a discount for a line without a reason. */
export function priceMissing(field: readonly string[]): Failure<'INVALID_INPUT'> {
  const message = 'priceReason explains a price: add unitPrice or discountPercent, or leave priceReason out';
  return failure('INVALID_INPUT', message, field);
}

export function priceReasonMissing(field: readonly string[]): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'priceReason is missing: say why the price of the line differs', field);
}

/** Returned when a unit price or a percentage is malformed or out of range. */
export function staffPriceInvalid(field: readonly string[]): Failure<'INVALID_INPUT'> {
  const rules = 'unitPrice takes 0 to 1000000000 with up to 6 decimal places, discountPercent 0.01 to 100';
  return failure('INVALID_INPUT', rules, field);
}
