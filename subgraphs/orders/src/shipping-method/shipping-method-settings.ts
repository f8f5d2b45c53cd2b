import {
  decimalAmount,
  err,
  failure,
  MAX_PRICE_MINOR,
  money,
  moneyFromDecimal,
  ok,
  type Failure,
  type Result,
} from '@souk/kit/domain';
import { enteredMinor } from '../entered-amount.ts';

/** The price of a shipping method in one currency, as staff enter it: decimal strings. */
export interface ShippingPriceDraft {
  readonly currencyCode: string;
  /** The price including tax. */
  readonly price: string;
  /** The subtotal from which shipping is free. */
  readonly freeFrom?: string | null;
  /** The lowest and the highest subtotal for which the method is offered, including both. */
  readonly minSubtotal?: string | null;
  readonly maxSubtotal?: string | null;
}

/** A shipping method as staff and importers enter it. */
export interface ShippingMethodDraft {
  /** The code, unique in its tenant. */
  readonly code: string;
  readonly name: string;
  /** The country codes (ISO 3166-1 alpha-2) to which the method ships. Empty when it ships everywhere. */
  readonly countryCodes: readonly string[];
  /** The prices, one for each currency in which the method is offered. */
  readonly prices: readonly ShippingPriceDraft[];
  /** The place of the method. Methods are sorted by it in ascending order. @default 0 */
  readonly sortOrder?: number | null;
  /** Whether buyers may choose the method. @default true */
  readonly active?: boolean | null;
}

/** The price in minor units. A bound that is null does not apply. */
export interface ShippingPrice {
  readonly currency: string;
  readonly priceMinor: number;
  readonly freeFromMinor: number | null;
  readonly minSubtotalMinor: number | null;
  readonly maxSubtotalMinor: number | null;
}

/** A checked shipping method. */
export interface ShippingMethodSettings {
  readonly code: string;
  readonly name: string;
  readonly countryCodes: readonly string[];
  readonly prices: readonly ShippingPrice[];
  readonly sortOrder: number;
  readonly active: boolean;
}

/** A stored shipping method. */
export interface StoredShippingMethod extends ShippingMethodSettings {
  readonly id: string;
  readonly version: number;
}

/** Checks a draft. Refuses amounts with more decimal places than the currency has, contradicting bounds, and repeated currencies. */
export function configureShippingMethod(
  draft: ShippingMethodDraft,
): Result<ShippingMethodSettings, readonly Failure[]> {
  const failures = draft.prices.flatMap((price, index) => priceFailures(price, index, draft.prices));
  if (failures.length > 0) return err(failures);
  return ok({
    code: draft.code,
    name: draft.name,
    countryCodes: [...new Set(draft.countryCodes.map((code) => code.toUpperCase()))].toSorted(),
    prices: draft.prices.map(priceOf).toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    sortOrder: draft.sortOrder ?? 0,
    active: draft.active ?? true,
  });
}

function priceOf({ currencyCode, price, freeFrom, minSubtotal, maxSubtotal }: ShippingPriceDraft): ShippingPrice {
  const minor = (amount: string | null | undefined) =>
    amount === null || amount === undefined ? null : moneyFromDecimal(amount, currencyCode).amountMinor;
  return {
    currency: currencyCode,
    priceMinor: moneyFromDecimal(price, currencyCode).amountMinor,
    freeFromMinor: minor(freeFrom),
    minSubtotalMinor: minor(minSubtotal),
    maxSubtotalMinor: minor(maxSubtotal),
  };
}

const AMOUNTS = ['price', 'freeFrom', 'minSubtotal', 'maxSubtotal'] as const;

function priceFailures(draft: ShippingPriceDraft, index: number, all: readonly ShippingPriceDraft[]): Failure[] {
  const path = ['prices', String(index)];
  const { currencyCode } = draft;
  const highest = decimalAmount(money(MAX_PRICE_MINOR, currencyCode));
  const invalid = AMOUNTS.filter((name) => !isAmount(draft[name], currencyCode)).map((name) =>
    failure('INVALID_INPUT', `${name} takes an amount in ${currencyCode}, 0 to ${highest}`, [...path, name]),
  );
  if (invalid.length > 0) return invalid;
  const { minSubtotalMinor, maxSubtotalMinor } = priceOf(draft);
  if (maxSubtotalMinor !== null && maxSubtotalMinor < (minSubtotalMinor ?? 0))
    return [failure('INVALID_INPUT', 'maxSubtotal is less than minSubtotal', [...path, 'maxSubtotal'])];
  if (all.findIndex((other) => other.currencyCode === draft.currencyCode) !== index)
    return [failure('INVALID_INPUT', `There are two prices in ${draft.currencyCode}`, [...path, 'currencyCode'])];
  return [];
}

function isAmount(amount: string | null | undefined, currency: string): boolean {
  return amount === null || amount === undefined || enteredMinor(amount, currency) !== null;
}

/** Converts settings back to a draft, as the inverse of `configureShippingMethod`. */
export function draftOf({ prices, ...settings }: ShippingMethodSettings): ShippingMethodDraft {
  return { ...settings, prices: prices.map(priceDraftOf) };
}

function priceDraftOf({ currency, ...price }: ShippingPrice): ShippingPriceDraft {
  const decimal = (minor: number | null) => (minor === null ? null : decimalAmount(money(minor, currency)));
  return {
    currencyCode: currency,
    price: decimalAmount(money(price.priceMinor, currency)),
    freeFrom: decimal(price.freeFromMinor),
    minSubtotal: decimal(price.minSubtotalMinor),
    maxSubtotal: decimal(price.maxSubtotalMinor),
  };
}
