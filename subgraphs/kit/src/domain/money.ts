import { exponentOf, type CurrencyCode } from './currencies.ts';
import { divideHalfUp, formatScaled, parseScaled, type DecimalString } from './decimal.ts';

/**
 * An amount in minor units (cents) of a currency. The number is a safe integer, so JSON can represent it. Arithmetic uses bigint, and
 * throws a RangeError when the result is not a safe integer.
 */
export interface Money {
  readonly amountMinor: number;
  readonly currency: CurrencyCode;
}

/**
 * The maximum price in minor units: a billion euros, a hundred billion yen. A higher price is refused as a typing error. The limit also
 * keeps sums of prices within the safe integers.
 */
export const MAX_PRICE_MINOR = 100_000_000_000;

/** Creates an amount. @throws RangeError when the amount is not a safe integer */
export function money(amountMinor: number | bigint, currency: CurrencyCode): Money {
  const amount = Number(amountMinor);
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amountMinor} ${currency} is not an amount in minor units`);
  return { amountMinor: amount, currency };
}

export function zero(currency: CurrencyCode): Money {
  return money(0, currency);
}

/**
 * Creates an amount from a decimal: `moneyFromDecimal('10.5', 'EUR')` has 1050 minor units.
 * @throws RangeError when the amount has more decimal places than the currency
 */
export function moneyFromDecimal(amount: DecimalString, currency: CurrencyCode): Money {
  return money(parseScaled(amount, exponentOf(currency)), currency);
}

/** The amount as the API shows it: a decimal string with all decimal places of the currency, `10.50`. */
export function decimalAmount({ amountMinor, currency }: Money): DecimalString {
  return formatScaled(BigInt(amountMinor), exponentOf(currency));
}

/** Adds amounts. @throws RangeError when the currencies differ */
export function add(...[first, ...others]: readonly [Money, ...Money[]]): Money {
  return others.reduce(
    (total, each) => money(BigInt(total.amountMinor) + sameCurrency(total, each), total.currency),
    first,
  );
}

export function subtract(from: Money, what: Money): Money {
  return money(BigInt(from.amountMinor) - sameCurrency(from, what), from.currency);
}

/** Adds any number of amounts. Without amounts the sum is zero. */
export function sum(amounts: readonly Money[], currency: CurrencyCode): Money {
  return add(zero(currency), ...amounts);
}

/** The decimal places of unit prices. Six places represent a price per 100 or per 1000 units (DATANORM catalogs) exactly. */
export const UNIT_PRICE_SCALE = 6;

/** The unit price times the quantity. The result is rounded half up, once per line. */
export function lineTotal(unitPrice: DecimalString, quantity: number, currency: CurrencyCode): Money {
  const exact = parseScaled(unitPrice, UNIT_PRICE_SCALE) * BigInt(quantity);
  return money(divideHalfUp(exact, 10n ** BigInt(UNIT_PRICE_SCALE - exponentOf(currency))), currency);
}

/** A share of an amount in basis points (1900 is 19 %), rounded half up. */
export function basisPoints(amount: Money, points: number): Money {
  return money(divideHalfUp(BigInt(amount.amountMinor) * BigInt(points), 10_000n), amount.currency);
}

/**
 * Splits an amount by weights, by the largest remainder method. All parts are rounded down first. Each minor unit that is left over is
 * added to one of the parts with the largest remainders. The sum of the parts is therefore the amount. When all weights are zero, the parts
 * are equal.
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (weights.length === 0) return [];
  const weighed = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1);
  const amount = BigInt(Math.abs(total.amountMinor));
  const whole = weighed.reduce((subtotal, weight) => subtotal + BigInt(weight), 0n);
  const shares = weighed.map((weight, index) => {
    const exact = amount * BigInt(weight);
    return { index, part: exact / whole, remainder: exact % whole };
  });
  let left = amount - shares.reduce((subtotal, share) => subtotal + share.part, 0n);
  for (const share of shares.toSorted((a, b) =>
    a.remainder < b.remainder ? 1 : a.remainder > b.remainder ? -1 : a.index - b.index,
  )) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  const sign = total.amountMinor < 0 ? -1n : 1n;
  return shares.map((share) => money(sign * share.part, total.currency));
}

function sameCurrency(one: Money, other: Money): bigint {
  if (one.currency !== other.currency) throw new RangeError(`${one.currency} and ${other.currency} cannot be added`);
  return BigInt(other.amountMinor);
}
