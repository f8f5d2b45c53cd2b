import { decimalAmount, failure, MAX_PRICE_MINOR, money, moneyFromDecimal, type Failure } from '@souk/kit/domain';
import { enteredMinor } from '../entered-amount.ts';
import type { ShippingPrice, ShippingStep, StepMeasure } from './shipping-rate.ts';

/** The maximum number of weight, value or quantity steps in a shipping price. */
export const MAX_STEPS = 100;
/** The maximum weight in grams, which is a thousand tons. */
export const MAX_WEIGHT_GRAMS = 1_000_000_000;
/** The maximum number of units at which a step may start. It is the number of units in the largest possible cart. */
const MAX_UNITS = 2_000_000;

/**
 * A step of a shipping price as staff entered it. The step sets the price for parcels that reach a weight, a value or a number of units.
 */
export interface ShippingStepDraft {
  /** The start of the step: grams, an amount in the currency of the price, or units, as `stepsBy` determines. */
  readonly from: string;
  readonly price: string;
}

/** The price of a shipping method in one currency, as staff entered it. Amounts are decimal strings. */
export interface ShippingPriceDraft {
  readonly currencyCode: string;
  /** The price including tax for parcels below the first step. */
  readonly price: string;
  /** @default no steps */
  readonly stepsBy?: StepMeasure | null;
  readonly steps?: readonly ShippingStepDraft[] | null;
  /** The subtotal from which shipping is free. */
  readonly freeFrom?: string | null;
  /** The subtotals for which the method is offered, from `minSubtotal` to `maxSubtotal`, both inclusive. */
  readonly minSubtotal?: string | null;
  readonly maxSubtotal?: string | null;
  /** The weights for which the method is offered, from `minWeightGrams` to `maxWeightGrams`, both inclusive. */
  readonly minWeightGrams?: number | null;
  readonly maxWeightGrams?: number | null;
}

/** Converts validated drafts to prices. Sorted by currency. */
export function pricesOf(drafts: readonly ShippingPriceDraft[]): ShippingPrice[] {
  return drafts.map(priceOf).toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Validates prices. Fails for wrong amounts, contradictory bounds, unsorted steps and repeated currencies. */
export function priceFailures(drafts: readonly ShippingPriceDraft[], path: readonly string[]): Failure[] {
  return drafts.flatMap((draft, index) => failuresOf(draft, index, drafts, [...path, String(index)]));
}

/** Converts a price back to a draft. */
export function priceDraftOf({ currency, ...price }: ShippingPrice): Required<ShippingPriceDraft> {
  const decimal = (minor: number) => decimalAmount(money(minor, currency));
  const bound = (minor: number | null) => (minor === null ? null : decimal(minor));
  const { stepsBy, minWeightGrams, maxWeightGrams } = price;
  return {
    currencyCode: currency,
    price: decimal(price.priceMinor),
    stepsBy,
    steps: price.steps.map(({ from, priceMinor }) => ({
      from: stepsBy === 'VALUE' ? decimal(from) : String(from),
      price: decimal(priceMinor),
    })),
    freeFrom: bound(price.freeFromMinor),
    minSubtotal: bound(price.minSubtotalMinor),
    maxSubtotal: bound(price.maxSubtotalMinor),
    minWeightGrams,
    maxWeightGrams,
  };
}

function priceOf(draft: ShippingPriceDraft): ShippingPrice {
  const { currencyCode, stepsBy = null } = draft;
  const minor = (amount: string | null | undefined) =>
    amount === null || amount === undefined ? null : moneyFromDecimal(amount, currencyCode).amountMinor;
  return {
    currency: currencyCode,
    priceMinor: moneyFromDecimal(draft.price, currencyCode).amountMinor,
    stepsBy,
    steps: (draft.steps ?? []).map(({ from, price }): ShippingStep => ({
      from: (stepsBy && measureOf(stepsBy, from, currencyCode)) ?? 0,
      priceMinor: moneyFromDecimal(price, currencyCode).amountMinor,
    })),
    freeFromMinor: minor(draft.freeFrom),
    minSubtotalMinor: minor(draft.minSubtotal),
    maxSubtotalMinor: minor(draft.maxSubtotal),
    minWeightGrams: draft.minWeightGrams ?? null,
    maxWeightGrams: draft.maxWeightGrams ?? null,
  };
}

const AMOUNTS = ['price', 'freeFrom', 'minSubtotal', 'maxSubtotal'] as const;

function failuresOf(
  draft: ShippingPriceDraft,
  index: number,
  all: readonly ShippingPriceDraft[],
  path: readonly string[],
): Failure[] {
  const { currencyCode } = draft;
  const amounts = AMOUNTS.filter((name) => !isAmount(draft[name], currencyCode));
  const invalid = [
    ...amounts.map((name) => amountInvalid(name, currencyCode, [...path, name])),
    ...stepFailures(draft, path),
  ];
  if (invalid.length > 0) return invalid;
  const { minSubtotalMinor, maxSubtotalMinor, minWeightGrams, maxWeightGrams } = priceOf(draft);
  if (maxSubtotalMinor !== null && maxSubtotalMinor < (minSubtotalMinor ?? 0))
    return [failure('INVALID_INPUT', 'maxSubtotal is less than minSubtotal', [...path, 'maxSubtotal'])];
  if (maxWeightGrams !== null && maxWeightGrams < (minWeightGrams ?? 0))
    return [failure('INVALID_INPUT', 'maxWeightGrams is less than minWeightGrams', [...path, 'maxWeightGrams'])];
  if (all.findIndex((other) => other.currencyCode === draft.currencyCode) !== index)
    return [failure('INVALID_INPUT', `There are two prices in ${draft.currencyCode}`, [...path, 'currencyCode'])];
  return [];
}

function stepFailures({ currencyCode, stepsBy, steps }: ShippingPriceDraft, path: readonly string[]): Failure[] {
  const listed = steps ?? [];
  if (!stepsBy)
    return listed.length === 0
      ? []
      : [failure('INVALID_INPUT', 'Set stepsBy to WEIGHT, VALUE or COUNT, or omit the steps', [...path, 'stepsBy'])];
  if (listed.length === 0)
    return [failure('INVALID_INPUT', `List at least one step by ${stepsBy}, or omit stepsBy`, [...path, 'steps'])];
  const starts = listed.map(({ from }) => measureOf(stepsBy, from, currencyCode));
  return listed.flatMap(({ price }, index): Failure[] => {
    const at = [...path, 'steps', String(index)];
    if (!isAmount(price, currencyCode)) return [amountInvalid('price', currencyCode, [...at, 'price'])];
    const [from, before] = [starts[index] ?? null, index === 0 ? 0 : (starts[index - 1] ?? null)];
    if (from === null) return [failure('INVALID_INPUT', measureRule(stepsBy, currencyCode), [...at, 'from'])];
    if (before === null || from > before) return [];
    const rule =
      index === 0 ? 'from is more than 0: `price` applies from 0 on' : 'from is more than in the step before';
    return [failure('INVALID_INPUT', rule, [...at, 'from'])];
  });
}

/** Parses the weight, value or number of units from which a price step applies. Null when the text is invalid. */
function measureOf(stepsBy: StepMeasure, text: string, currency: string): number | null {
  if (stepsBy === 'VALUE') return enteredMinor(text, currency);
  if (!/^\d{1,10}$/.test(text)) return null;
  const measure = Number(text);
  return measure <= (stepsBy === 'WEIGHT' ? MAX_WEIGHT_GRAMS : MAX_UNITS) ? measure : null;
}

function measureRule(stepsBy: StepMeasure, currency: string): string {
  switch (stepsBy) {
    case 'WEIGHT':
      return `from takes whole grams, 1 to ${MAX_WEIGHT_GRAMS}`;
    case 'COUNT':
      return `from takes a whole number of units, 1 to ${MAX_UNITS}`;
    case 'VALUE':
      return `from takes an amount in ${currency} of more than 0, to ${highestAmount(currency)}`;
  }
}

function amountInvalid(name: string, currency: string, field: readonly string[]): Failure {
  return failure('INVALID_INPUT', `${name} takes an amount in ${currency}, 0 to ${highestAmount(currency)}`, field);
}

function highestAmount(currency: string): string {
  return decimalAmount(money(MAX_PRICE_MINOR, currency));
}

function isAmount(amount: string | null | undefined, currency: string): boolean {
  return amount === null || amount === undefined || enteredMinor(amount, currency) !== null;
}
