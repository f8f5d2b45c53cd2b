import { err, money, ok, subtract, zero, type Money, type Result } from '@souk/kit/domain';

export const STEP_MEASURES = ['WEIGHT', 'VALUE', 'COUNT'] as const;
/** The measure of the steps of a price. WEIGHT: grams. VALUE: minor units of the goods' price before discounts. COUNT: units. */
export type StepMeasure = (typeof STEP_MEASURES)[number];

/** The price from a measure on, up to the next step. */
export interface ShippingStep {
  /** In grams, minor units or units, see `StepMeasure`. At least 1. */
  readonly from: number;
  readonly priceMinor: number;
}

/** The price of a shipping method in one currency. Amounts are minor units. A bound that is null does not apply. */
export interface ShippingPrice {
  readonly currency: string;
  /** The price below the first step. */
  readonly priceMinor: number;
  /** Null: no steps. */
  readonly stepsBy: StepMeasure | null;
  /** Ascending. Each step ends where the next begins, so no measure is without a price. */
  readonly steps: readonly ShippingStep[];
  /** The value of the goods from which shipping is free. */
  readonly freeFromMinor: number | null;
  /** The lowest and the highest value of the goods for which the method is offered, including both. */
  readonly minSubtotalMinor: number | null;
  readonly maxSubtotalMinor: number | null;
  /** The lowest and the highest weight for which the method is offered, including both. */
  readonly minWeightGrams: number | null;
  readonly maxWeightGrams: number | null;
}

/** The goods that a price depends on. Gifts count for nothing: neither their value, nor their weight, nor their number. */
export interface Parcel {
  /** The price of the goods before discounts. */
  readonly subtotal: Money;
  /** The sum of the known weights. A unit whose weight is not known counts as 0. */
  readonly weightGrams: number;
  /** The number of units. */
  readonly quantity: number;
}

export const RATE_OBSTACLES = ['SUBTOTAL_TOO_LOW', 'SUBTOTAL_TOO_HIGH', 'WEIGHT_TOO_LOW', 'WEIGHT_TOO_HIGH'] as const;
/** Why a price does not apply to a parcel. */
export type RateObstacle = (typeof RATE_OBSTACLES)[number];

/** The cost of a parcel. */
export interface ShippingQuote {
  readonly price: Money;
  /** The value of the goods from which shipping is free. Null: never. */
  readonly freeFrom: Money | null;
  /** The value that is missing until shipping is free. Null: shipping is free already, or never. */
  readonly untilFree: Money | null;
}

/**
 * The port of shipping rates: computes what a parcel costs, without I/O. `steppedRate` is the default. The parcel has the currency of the
 * price. A refusal keeps the method from being offered.
 */
export type ShippingRate = (price: ShippingPrice, parcel: Parcel) => Result<ShippingQuote, RateObstacle>;

/** The price of the last step that the parcel reaches, or nothing from the free value on. */
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
