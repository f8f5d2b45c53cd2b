import { zero, money, type Money } from '@souk/kit/domain';

/** A way of shipping with its price for one cart. */
export interface OfferedShippingMethod {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Tax included. */
  readonly price: Money;
}

/** An active shipping method's terms for one currency and one country. Amounts are minor units of the currency. */
export interface ShippingRate {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  /** Null: every country. */
  readonly countryCode: string | null;
  readonly priceMinor: number;
  /** From this subtotal on it costs nothing; null: never. */
  readonly freeFromMinor: number | null;
  /** The least and the greatest subtotal that it is offered for, both included; null: no bound. */
  readonly minSubtotalMinor: number | null;
  readonly maxSubtotalMinor: number | null;
}

/** Where a cart goes (null: not known yet) and what it is worth. */
export interface ShippingDemand {
  readonly countryCode: string | null;
  readonly subtotal: Money;
}

/** The methods that a cart may choose from, in the order of `rates`. None until the country is known. */
export function offersFor(rates: readonly ShippingRate[], demand: ShippingDemand): OfferedShippingMethod[] {
  return rates
    .filter((rate) => serves(rate, demand))
    .map((rate) => ({ id: rate.id, code: rate.code, name: rate.name, price: priceOf(rate, demand.subtotal) }));
}

function serves(rate: ShippingRate, { countryCode, subtotal }: ShippingDemand): boolean {
  return (
    countryCode !== null &&
    (rate.countryCode === null || rate.countryCode === countryCode) &&
    rate.currency === subtotal.currency &&
    subtotal.amountMinor >= (rate.minSubtotalMinor ?? 0) &&
    subtotal.amountMinor <= (rate.maxSubtotalMinor ?? Infinity)
  );
}

function priceOf(rate: ShippingRate, subtotal: Money): Money {
  const isFree = rate.freeFromMinor !== null && subtotal.amountMinor >= rate.freeFromMinor;
  return isFree ? zero(rate.currency) : money(rate.priceMinor, rate.currency);
}
