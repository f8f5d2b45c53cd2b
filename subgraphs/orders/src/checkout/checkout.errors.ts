import type { ReserveStock } from '@souk/inventory/contract';
import { decimalAmount, failure, money, type Failure } from '@souk/kit/domain';
import type { ConfirmPayment } from '@souk/payments/contract';
import type { z } from 'zod';
import type { PriceChange } from '../cart/cart-pricing.ts';
import { refusedLine } from '../cart/cart.errors.ts';
import type { Cart, PricedCart } from '../cart/cart.ts';
import type { CheckoutRefusal } from './checkout.ts';

type ErrorOf<Reply> = Extract<Reply, { ok: false }> extends { error: infer Why } ? Why : never;
type ReserveError = ErrorOf<z.infer<typeof ReserveStock.reply>>;
type PaymentError = ErrorOf<z.infer<typeof ConfirmPayment.reply>>;

/** Returned when stock is missing: one failure for each variant, or one for a gift that is sold out. Nothing is reserved. */
export function stockRefused(error: ReserveError, cart: Pick<Cart, 'lines'>): CheckoutRefusal {
  if (error.code === 'RESERVATION_CLOSED') return unavailable();
  const shortages = new Map(error.shortages.map((shortage) => [shortage.sku, shortage]));
  const refusal = linesRefused(shortages, cart);
  return refusal.length > 0 ? refusal : giftSoldOut([...shortages.keys()]);
}

type Shortage = Extract<ReserveError, { code: 'INSUFFICIENT_STOCK' }>['shortages'][number];

function linesRefused(shortages: ReadonlyMap<string, Shortage>, cart: Pick<Cart, 'lines'>): CheckoutRefusal {
  return cart.lines.flatMap(({ variantId, sku }) => {
    const shortage = shortages.get(sku);
    if (!shortage) return [];
    const { available, requested } = shortage;
    const message = `${requested} of ${sku} are requested, but only ${available} can be sold: change the line and try again`;
    return [
      { ...failure('INSUFFICIENT_STOCK', message), ...refusedLine(cart, variantId, 'quantity'), variantId, available },
    ];
  });
}

/** Returned when other orders took the last units of a gift at the same moment. */
function giftSoldOut(skus: readonly string[]): CheckoutRefusal {
  const message = `The gift ${skus.join(', ')} was just sold out: check the cart and try again`;
  return [failure('DISCOUNT_CHANGED', message, ['cartId'])];
}

/** Returned when the payment was declined, or cannot be authorized. */
export function paymentRefused(error: PaymentError): CheckoutRefusal {
  if (error.code === 'PAYMENT_NOT_FOUND') return unavailable();
  if (error.code === 'PAYMENT_NOT_ALLOWED') return [failure(error.code, error.message, ['payment'])];
  const { code, message, declineCode } = error;
  const refusal = { ...failure(code, message, ['payment', 'token']), declineCode };
  return [refusal];
}

/** Returned when the buyer canceled the payment or did not finish it in time. The money is neither held nor charged. */
export function paymentNotFinished(): [Failure<'PAYMENT_NOT_FINISHED'>] {
  const message = 'The payment was not finished in time and nothing was charged; check out again';
  return [failure('PAYMENT_NOT_FINISHED', message, ['payment'])];
}

/** Returned for each variant whose price changed since the buyer saw the cart. The cart has the new prices. */
export function pricesChanged(changes: readonly PriceChange[], cart: Cart): CheckoutRefusal {
  const { currency } = cart;
  return changes.map(({ variantId, sku, unitPrice }) => ({
    ...failure('PRICE_CHANGED', `The price of ${sku} is ${unitPrice} ${currency} now: check the cart and try again`),
    ...refusedLine(cart, variantId, 'unitPrice'),
    variantId,
    unitPrice: { amount: unitPrice, currencyCode: currency },
  }));
}

/** Returned when promotions save less than the buyer saw. The cart has the new amounts. */
export function discountChanged(cart: Cart, { savings }: PricedCart): CheckoutRefusal {
  const { currency } = cart;
  const [now, before] = [decimalAmount(savings), decimalAmount(money(cart.savingsMinor, currency))];
  const message = `The discount is ${now} ${currency} now and was ${before} ${currency}: check the cart and try again`;
  return [failure('DISCOUNT_CHANGED', message, ['cartId'])];
}

/** Returned when taxes raise the amount to pay since the buyer saw the cart. The cart has the new amounts. */
export function taxChanged({ totals }: PricedCart): CheckoutRefusal {
  const { tax, total } = totals;
  const message = `The total is ${decimalAmount(total)} ${total.currency} now, with ${decimalAmount(tax)} ${tax.currency} of tax: check the cart and try again`;
  return [failure('TAX_CHANGED', message, ['cartId'])];
}

/** Thrown to roll back a transaction when another order took the last use of a promotion. */
export class PromotionUsedUpError extends Error {
  constructor() {
    super('Another order took the last use of a promotion');
    this.name = 'PromotionUsedUpError';
  }
}

/** Returned when other orders took the last use of a promotion at the same moment. */
export function promotionUsedUp(): CheckoutRefusal {
  const message = 'A discount of the cart was just used for the last time: check the cart and try again';
  return [failure('DISCOUNT_CHANGED', message, ['cartId'])];
}

/**
 * Returned when another subgraph does not reply. Stock and money are released, and the client may repeat the request with the same
 * idempotency key.
 */
export function unavailable(): [Failure<'SERVICE_UNAVAILABLE'>] {
  return [
    failure(
      'SERVICE_UNAVAILABLE',
      'The order could not be placed at the moment and nothing was charged; try again in a minute',
    ),
  ];
}

/** Returned when the cart's shipping method is no longer offered. */
export function shippingMethodGone(): CheckoutRefusal {
  return [
    failure(
      'SHIPPING_METHOD_NOT_AVAILABLE',
      "The chosen shipping method is not offered any more; choose one of the cart's shippingMethods",
      ['cartId'],
    ),
  ];
}

/** Returned when a client reuses an idempotency key with another input. */
export function keyReused(): Failure<'IDEMPOTENCY_KEY_REUSED'> {
  return failure('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another input; take a new one', [
    'idempotencyKey',
  ]);
}

/**
 * Whether a client may repeat the request with the same idempotency key. After a failure of stock or payment the key stays used, as with
 * card processors: a repetition returns the same failure. The key becomes free when no command was sent or a subgraph did not reply.
 */
export function freesKey(refusal: CheckoutRefusal): boolean {
  const kept = ['INSUFFICIENT_STOCK', 'PAYMENT_DECLINED', 'PAYMENT_NOT_ALLOWED', 'PAYMENT_NOT_FINISHED'];
  return !refusal.some(({ code }) => kept.includes(code));
}
