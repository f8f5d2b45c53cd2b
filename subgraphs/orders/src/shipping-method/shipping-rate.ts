import { err, money, ok, subtract, zero, type Money, type Result } from '@souk/kit/domain';

export const STEP_MEASURES = ['WEIGHT', 'VALUE', 'COUNT'] as const;
/**
 * The measure by which the steps of a price are chosen. WEIGHT: grams. VALUE: the price of the goods before discounts, in minor units.
 * COUNT: units.
 */
export type StepMeasure = (typeof STEP_MEASURES)[number];

/** A price for parcels that reach a weight, a value or a number of units. It applies up to the start of the next step. */
export interface ShippingStep {
  /** The start of the step in grams, minor units or units. See `StepMeasure`. At least 1. */
  readonly from: number;
  readonly priceMinor: number;
}

/** The price of a shipping method in one currency. Amounts are in minor units. A bound that is null does not apply. */
export interface ShippingPrice {
  readonly currency: string;
  /** The price for parcels below the first step. */
  readonly priceMinor: number;
  /** Null when the price has no steps. */
  readonly stepsBy: StepMeasure | null;
  /** Ascending. Each step ends where the next begins, so there are no gaps. */
  readonly steps: readonly ShippingStep[];
  /** The value of the goods from which shipping is free. */
  readonly freeFromMinor: number | null;
  /** The values of the goods for which the method is offered, from `minSubtotalMinor` to `maxSubtotalMinor`, both inclusive. */
  readonly minSubtotalMinor: number | null;
  readonly maxSubtotalMinor: number | null;
  /** The weights for which the method is offered, from `minWeightGrams` to `maxWeightGrams`, both inclusive. */
  readonly minWeightGrams: number | null;
  readonly maxWeightGrams: number | null;
}

/** The goods on which a shipping price depends. Gifts are not included. */
export interface Parcel {
  /** The price of the goods before discounts. */
  readonly subtotal: Money;
  /** The sum of the known weights in grams. A unit of unknown weight counts as 0. */
  readonly weightGrams: number;
  readonly quantity: number;
}

export const RATE_OBSTACLES = ['SUBTOTAL_TOO_LOW', 'SUBTOTAL_TOO_HIGH', 'WEIGHT_TOO_LOW', 'WEIGHT_TOO_HIGH'] as const;
/** Why a price does not apply to a parcel. */
export type RateObstacle = (typeof RATE_OBSTACLES)[number];

/** The shipping cost of a parcel. */
export interface ShippingQuote {
  readonly price: Money;
  /** The value of the goods from which shipping is free. Null when shipping is never free. */
  readonly freeFrom: Money | null;
  /** The value that must be added to the cart until shipping is free. Null when shipping is free already, or never. */
  readonly untilFree: Money | null;
}

/**
 * The port of shipping rates: computes the shipping cost of a parcel, without I/O. `steppedRate` is the default. The parcel has the
 * currency of the price. If the result is a failure, the method is not offered.
 */
export type ShippingRate = (price: ShippingPrice, parcel: Parcel) => Result<ShippingQuote, RateObstacle>;

/** The price of the highest step that the parcel reaches. Zero when the goods reach the value for free shipping. */
export const steppedRate: ShippingRate = (price, parcel) => {
  const obstacle = obstacleOf(price, parcel);
  if (obstacle) return err(obstacle);
  const { currency, freeFromMinor } = price;
  const freeFrom = freeFromMinor === null ? null : money(freeFromMinor, currency);
  const isFree = freeFromMinor !== null && parcel.subtotal.amountMinor >= freeFromMinor;
  if (isFree) return ok({ price: zero(currency), freeFrom, untilFree: null });
  const untilFree = freeFrom && subtract(freeFrom, parcel.subtotal);
  return ok({ price: money(stepPrice(price, parcel), currency), freeFrom, untilFree });
};

function stepPrice({ priceMinor, stepsBy, steps }: ShippingPrice, parcel: Parcel): number {
  if (stepsBy === null) return priceMinor;
  const measure = measureOf(stepsBy, parcel);
  return steps.findLast(({ from }) => from <= measure)?.priceMinor ?? priceMinor;
}

function measureOf(stepsBy: StepMeasure, { weightGrams, subtotal, quantity }: Parcel): number {
  switch (stepsBy) {
    case 'WEIGHT':
      return weightGrams;
    case 'VALUE':
      return subtotal.amountMinor;
    case 'COUNT':
      return quantity;
  }
}

function obstacleOf(price: ShippingPrice, { subtotal, weightGrams }: Parcel): RateObstacle | null {
  if (subtotal.amountMinor < (price.minSubtotalMinor ?? 0)) return 'SUBTOTAL_TOO_LOW';
  if (subtotal.amountMinor > (price.maxSubtotalMinor ?? Infinity)) return 'SUBTOTAL_TOO_HIGH';
  if (weightGrams < (price.minWeightGrams ?? 0)) return 'WEIGHT_TOO_LOW';
  if (weightGrams > (price.maxWeightGrams ?? Infinity)) return 'WEIGHT_TOO_HIGH';
  return null;
}
