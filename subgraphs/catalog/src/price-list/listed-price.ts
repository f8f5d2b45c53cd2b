import {
  err,
  failure,
  isDecimal,
  ok,
  parseScaled,
  UNIT_PRICE_SCALE,
  type CurrencyCode,
  type DecimalString,
  type Failure,
  type Result,
} from '@souk/kit/domain';
import { isPayable, isPrice, priceRule } from '../pricing/price.ts';

/** A price of a variant in a price list, in the currency of the list. */
export interface ListedPrice {
  readonly variantId: string;
  /** The smallest number of units for which the price applies. */
  readonly fromQuantity: number;
  /** The price of each unit, not of all units together. */
  readonly unitPrice: DecimalString;
  /** The price before a reduction. Null when the price is not reduced. */
  readonly compareAtPrice: DecimalString | null;
}

/** Identifies a price in a list. When `fromQuantity` is null, it identifies all prices of the variant. */
export interface ListedPriceKey {
  readonly variantId: string;
  readonly fromQuantity: number | null;
}

/** Checks prices that staff enter. Each failure has the path of a wrong price. */
export function checkListedPrices(
  prices: readonly ListedPrice[],
  currency: CurrencyCode,
): Result<void, readonly Failure[]> {
  const keys = prices.map(({ variantId, fromQuantity }) => `${variantId.toLowerCase()} ${fromQuantity}`);
  const failures = prices.flatMap((price, index) => [
    ...problemsOf(price, currency).map(([member, message]) =>
      failure('INVALID_INPUT', message, ['prices', String(index), member]),
    ),
    ...(keys.indexOf(keys[index] ?? '') < index ? [repeated(index)] : []),
  ]);
  return failures.length > 0 ? err(failures) : ok(undefined);
}

function problemsOf(price: ListedPrice, currency: CurrencyCode): (readonly [member: string, message: string])[] {
  const { unitPrice, compareAtPrice, fromQuantity } = price;
  const amounts = [
    ['price', unitPrice],
    ['compareAtPrice', compareAtPrice],
  ] as const;
  const wrong = amounts.flatMap(([member, amount]) => {
    if (amount === null || (isPrice(amount, currency) && isPayable(amount, currency, fromQuantity))) return [];
    return [[member, priceRule(currency)] as const];
  });
  if (wrong.length > 0 || compareAtPrice === null || isHigher(compareAtPrice, unitPrice)) return wrong;
  return [['compareAtPrice', 'compareAtPrice is not higher than price: enter the price before the reduction, or null']];
}

function isHigher(one: DecimalString, other: DecimalString): boolean {
  if (!isDecimal(one) || !isDecimal(other)) return false;
  return parseScaled(one, UNIT_PRICE_SCALE) > parseScaled(other, UNIT_PRICE_SCALE);
}

function repeated(index: number): Failure {
  const rule = 'The variant has two prices for this quantity; leave one out';
  return failure('INVALID_INPUT', rule, ['prices', String(index), 'fromQuantity']);
}
