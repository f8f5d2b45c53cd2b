import { failure, type Failure } from '@souk/kit/domain';
import type { Cart, CartLine, CartStatus } from './cart.ts';

/** Maximum number of lines in a cart. */
export const MAX_CART_LINES = 200;
/** Maximum number of units in a line. */
export const MAX_LINE_QUANTITY = 10_000;

/** The reason why the catalog does not sell a variant. */
export type MissingReason = 'VARIANT_NOT_FOUND' | 'PRICE_MISSING';

/** Returned when the tenant has no cart with this id. */
export function cartNotFound(): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'There is no such cart; open one with cartCreate', ['cartId']);
}

const CLOSED: Readonly<Record<Exclude<CartStatus, 'ACTIVE'>, string>> = {
  COMPLETED: 'became an order, which checkoutComplete answers again',
  ABANDONED: 'was closed because it was not used for 30 days, or because its draft order ended',
  MERGED: 'was merged into the cart of a customer',
};

/** Returned when the cart became an order, was merged, or was closed after 30 days without a change. */
export function cartClosed(status: Exclude<CartStatus, 'ACTIVE'>): Failure<'CART_CLOSED'> {
  return failure('CART_CLOSED', `This cart ${CLOSED[status]}; open a new one with cartCreate`, ['cartId']);
}

/** Returned while a checkout runs. Meanwhile the cart cannot change, and a second checkout cannot begin. */
export function cartBeingOrdered(): Failure<'CHECKOUT_IN_PROGRESS'> {
  return failure('CHECKOUT_IN_PROGRESS', 'This cart is being ordered right now; try again in a few seconds', [
    'cartId',
  ]);
}

/** Returned when the catalog does not sell a variant, or has no price for the variant in the cart's currency. */
export function variantMissing(reason: MissingReason, currency: string, field: readonly string[]): Failure {
  return reason === 'PRICE_MISSING'
    ? failure(reason, `This variant has no price in ${currency}; open a cart in another currency`, field)
    : failure(reason, 'This variant is not for sale: remove it, or choose another', field);
}

/** Returned when two lines of a draft order have the same variant. */
export function variantRepeated(field: readonly string[]): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'Another line has this variant already; add up the quantities', field);
}

/** Returned when a buyer changes the lines or the discount codes of a cart that staff prepared. */
export function draftNotChangeable(): Failure<'CART_IS_DRAFT'> {
  return failure(
    'CART_IS_DRAFT',
    'The shop prepared this cart as a draft order: only the shop changes its lines and discount codes',
    ['cartId'],
  );
}

/** Returned when the cart has no line with this id. */
export function lineNotFound(field: readonly string[]): Failure<'NOT_FOUND'> {
  return failure('NOT_FOUND', 'The cart has no such line; read it again', field);
}

/** Returned when a buyer changes a gift. Only its promotion adds and removes a gift. */
export function giftNotChangeable(field: readonly string[]): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'This line is a gift, which ends with its promotion; change another line', field);
}

/** Returned when a line would hold less than one unit or more than `MAX_LINE_QUANTITY`. */
export function quantityInvalid(field: readonly string[]): Failure<'QUANTITY_INVALID'> {
  return failure('QUANTITY_INVALID', `A line holds 1 to ${MAX_LINE_QUANTITY} units`, field);
}

/** Returned when the cart would hold more lines than `MAX_CART_LINES`. */
export function tooManyLines(): Failure<'CART_LIMIT_REACHED'> {
  return failure('CART_LIMIT_REACHED', `A cart holds at most ${MAX_CART_LINES} lines; order these first`, ['lines']);
}

/** Returned when the cart's total would exceed the range of exact integers. */
export function amountTooLarge(): Failure<'CART_LIMIT_REACHED'> {
  return failure('CART_LIMIT_REACHED', 'The cart would be worth more than an order can be; take fewer units', [
    'lines',
  ]);
}

/** Returned when the catalog does not reply in time. */
export function catalogUnavailable(): Failure<'SERVICE_UNAVAILABLE'> {
  return failure('SERVICE_UNAVAILABLE', 'Prices are unavailable at the moment; try again in a minute');
}

/** Returned when a text is not a valid e-mail address. */
export function emailInvalid(): Failure<'EMAIL_INVALID'> {
  return failure('EMAIL_INVALID', 'This is not a valid e-mail address', ['email']);
}

/** Returned when the chosen shipping method is not among the cart's `shippingMethods`. */
export function shippingMethodNotAvailable(): Failure<'SHIPPING_METHOD_NOT_AVAILABLE'> {
  return failure(
    'SHIPPING_METHOD_NOT_AVAILABLE',
    'This shipping method is not offered for this cart; choose one of its shippingMethods (they depend on the address)',
    ['shippingMethodId'],
  );
}

/** Returned when no promotion of the shop has the code. */
export function discountCodeUnknown(code: string, field: readonly string[]): Failure<'DISCOUNT_CODE_UNKNOWN'> {
  const shown = JSON.stringify(code.slice(0, 60));
  return failure(
    'DISCOUNT_CODE_UNKNOWN',
    `${shown} is not a code of this shop; check the spelling or remove the code`,
    field,
  );
}

/** A line that makes the checkout fail. */
export interface RefusedLine {
  /** The path to a field of the cart, for instance `["cart", "lines", "0", "quantity"]`. */
  readonly field: readonly string[];
  readonly lineId: string | null;
}

/**
 * Finds the line of a variant and the path to one of its properties. A variant has at most one line.
 * @param member the name of the invalid property
 */
export function refusedLine({ lines }: Pick<Cart, 'lines'>, variantId: string, member: keyof CartLine): RefusedLine {
  const index = lines.findIndex((line) => line.variantId === variantId);
  return { field: ['cart', 'lines', String(index), member], lineId: lines[index]?.id ?? null };
}
