import {
  divideHalfUp,
  err,
  exponentOf,
  failure,
  isDecimal,
  money,
  ok,
  parseScaled,
  UNIT_PRICE_SCALE,
  type CurrencyCode,
  type DecimalString,
  type Failure,
  type Money,
  type Result,
} from '@souk/kit/domain';

/**
 * The units in which staff can enter the content of a variant. Each has the unit of the shown price and a factor: 1,000 GRAM are one
 * KILOGRAM.
 */
const MEASURES = {
  MILLIGRAM: ['KILOGRAM', 1_000_000n],
  GRAM: ['KILOGRAM', 1000n],
  KILOGRAM: ['KILOGRAM', 1n],
  MILLILITER: ['LITER', 1000n],
  CENTILITER: ['LITER', 100n],
  LITER: ['LITER', 1n],
  MILLIMETER: ['METER', 1000n],
  CENTIMETER: ['METER', 100n],
  METER: ['METER', 1n],
  SQUARE_METER: ['SQUARE_METER', 1n],
  CUBIC_METER: ['CUBIC_METER', 1n],
  PIECE: ['PIECE', 1n],
} as const;

export type MeasureUnit = keyof typeof MEASURES;
export const MEASURE_UNITS = Object.keys(MEASURES) as readonly MeasureUnit[];

/** The content of one unit of a variant, such as 750 MILLILITER in a bottle. */
export interface Content {
  /** More than 0, with up to three decimal places. */
  readonly amount: DecimalString;
  readonly unit: MeasureUnit;
}

const CONTENT_SCALE = 3;

/** Checks the content that staff enter for a variant. Null is valid. */
export function checkContent(content: Content | null | undefined): Result<void, Failure<'INVALID_INPUT'>> {
  if (!content) return ok(undefined);
  const { amount } = content;
  if (isDecimal(amount, CONTENT_SCALE) && amount.length <= 16 && parseScaled(amount, CONTENT_SCALE) > 0n)
    return ok(undefined);
  const rule = 'A content is an amount of more than 0 with at most three decimal places, such as "750" or "0.5"';
  return err(failure('INVALID_INPUT', rule, ['content', 'amount']));
}

/** The price per kilogram, liter, meter, square meter, cubic meter or piece. */
export interface MeasurePrice {
  readonly price: Money;
  readonly unit: MeasureUnit;
}

/**
 * The price per measure that shops must show (EU Directive 98/6/EC, article 2 b), rounded half up.
 * @param unitPrice the price of one unit of the variant
 */
export function measurePrice(
  { amount, unit }: Content,
  unitPrice: DecimalString,
  currency: CurrencyCode,
): MeasurePrice {
  const [shown, parts] = MEASURES[unit];
  // (unitPrice / 10^6) * parts / (amount / 10^3), in minor units.
  const dividend =
    parseScaled(unitPrice, UNIT_PRICE_SCALE) * parts * 10n ** BigInt(CONTENT_SCALE + exponentOf(currency));
  const divisor = parseScaled(amount, CONTENT_SCALE) * 10n ** BigInt(UNIT_PRICE_SCALE);
  return { price: money(divideHalfUp(dividend, divisor), currency), unit: shown };
}
