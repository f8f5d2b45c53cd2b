import {
  currencyProblem,
  decimalAmount,
  err,
  exponentOf,
  failure,
  isCurrencyCode,
  isDecimal,
  lineTotal,
  MAX_PRICE_MINOR,
  money,
  ok,
  UNIT_PRICE_SCALE,
  formatScaled,
  parseScaled,
  type CurrencyCode,
  type DecimalString,
  type Failure,
  type Result,
} from '@souk/kit/domain';

/** The price of one unit in one currency. Six decimal places allow prices such as a tenth of a cent for a screw. */
export interface UnitPrice {
  readonly amount: DecimalString;
  readonly currency: CurrencyCode;
}

/** Returned when a price is negative or not an amount, or when a currency has two prices. */
export type InvalidPrice = Failure<'INVALID_INPUT'>;

/** Checks the prices of one variant. Currencies must be known and distinct, and prices must not be negative. */
export function checkPrices(prices: readonly UnitPrice[]): Result<void, InvalidPrice> {
  const wrong = prices.findIndex(
    ({ amount, currency }) => !isCurrencyCode(currency) || !isPrice(amount, currency) || !isPayable(amount, currency),
  );
  if (wrong >= 0)
    return err(failure('INVALID_INPUT', priceRule(prices[wrong]?.currency ?? ''), ['prices', `${wrong}`]));
  if (new Set(prices.map(({ currency }) => currency)).size !== prices.length)
    return err(failure('INVALID_INPUT', 'Each currency can have only one price', ['prices']));
  return ok(undefined);
}

/**
 * Whether a price can be paid. In a currency without decimals, 100.50 JPY is probably a typing error. Such a price is accepted only when
 * `quantity` units cost a whole amount. Prices below 1, such as 0.25 JPY for a screw, are rounded per order line.
 * @param quantity the smallest number of units that are sold at the price. @default 1
 */
export function isPayable(amount: DecimalString, currency: CurrencyCode, quantity = 1): boolean {
  const one = 10n ** BigInt(UNIT_PRICE_SCALE);
  const scaled = parseScaled(amount, UNIT_PRICE_SCALE);
  return exponentOf(currency) > 0 || scaled < one || (scaled * BigInt(quantity)) % one === 0n;
}

/** Whether an amount is a decimal from zero to `MAX_PRICE_MINOR`. */
export function isPrice(amount: DecimalString, currency: CurrencyCode): boolean {
  if (!isDecimal(amount) || amount.startsWith('-')) return false;
  const scale = BigInt(10) ** BigInt(UNIT_PRICE_SCALE - exponentOf(currency));
  return parseScaled(amount, UNIT_PRICE_SCALE) <= BigInt(MAX_PRICE_MINOR) * scale;
}

/** A message for staff: the rule for prices in a currency. */
export function priceRule(currency: string): string {
  if (!isCurrencyCode(currency)) return currencyProblem(currency);
  const range = `A price is an amount of 0 to ${decimalAmount(money(MAX_PRICE_MINOR, currency))} in ${currency}`;
  return exponentOf(currency) > 0 ? range : `${range}, which has no decimal places: enter a whole amount`;
}

/** The price of one unit in minor units, rounded half up. Lists of products are filtered and sorted by this value. */
export function amountMinorOf({ amount, currency }: UnitPrice): number {
  return lineTotal(amount, 1, currency).amountMinor;
}

/**
 * Formats a stored unit price. It keeps all decimal places of the currency, and further decimal places only when they are not zero:
 * `19.900000` becomes `19.90`.
 */
export function shownAmount(stored: DecimalString, currency: CurrencyCode): DecimalString {
  const exponent = exponentOf(currency);
  const text = formatScaled(parseScaled(stored, UNIT_PRICE_SCALE), UNIT_PRICE_SCALE);
  const extra = text.slice(text.length - UNIT_PRICE_SCALE + exponent).replace(/0+$/, '');
  const kept = text.slice(0, text.length - UNIT_PRICE_SCALE + exponent);
  return `${kept}${extra}`.replace(/\.$/, '');
}
