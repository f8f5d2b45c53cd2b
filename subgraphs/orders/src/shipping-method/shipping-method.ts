import { money, zero, type Money } from '@souk/kit/domain';

/** A shipping method with its price for one cart. */
export interface OfferedShippingMethod {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** The price including tax. */
  readonly price: Money;
}

/** The price of an active method in one currency, for a cart in a country that the method serves. Amounts are minor units. */
export interface ShippingRate {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly priceMinor: number;
  /** Shipping is free from this subtotal on. Null when shipping is never free. */
  readonly freeFromMinor: number | null;
  /** The lowest and the highest subtotal for which the method is offered, including both. A bound that is null does not apply. */
  readonly minSubtotalMinor: number | null;
  readonly maxSubtotalMinor: number | null;
}

/** The methods that a cart with this subtotal may choose, in the order of `rates`. */
export function offersFor(rates: readonly ShippingRate[], subtotal: Money): OfferedShippingMethod[] {
  return rates
    .filter((rate) => isOffered(rate, subtotal))
    .map((rate) => ({ id: rate.id, code: rate.code, name: rate.name, price: priceFor(rate, subtotal) }));
}

function isOffered(rate: ShippingRate, { amountMinor, currency }: Money): boolean {
  return (
    rate.currency === currency &&
    amountMinor >= (rate.minSubtotalMinor ?? 0) &&
    amountMinor <= (rate.maxSubtotalMinor ?? Infinity)
  );
}

function priceFor(rate: ShippingRate, subtotal: Money): Money {
  const isFree = rate.freeFromMinor !== null && subtotal.amountMinor >= rate.freeFromMinor;
  return isFree ? zero(rate.currency) : money(rate.priceMinor, rate.currency);
}
