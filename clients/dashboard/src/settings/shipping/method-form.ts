import type { ShippingMethodCreateInput, ShippingMethodPriceInput, ShippingStepMeasure } from '@souk/sdk';
import type { MethodSetup } from './use-shipping.ts';

/** The texts of a price in one currency. An empty text means no limit. */
export interface PriceTexts {
  readonly currencyCode: string;
  readonly price: string;
  readonly freeFrom: string;
  readonly minSubtotal: string;
  readonly maxSubtotal: string;
  readonly minWeightGrams: string;
  readonly maxWeightGrams: string;
  readonly stepsBy: ShippingStepMeasure;
  /** One step per line. A step is its start and its price: "5000 7.90". */
  readonly steps: string;
}

export interface ZoneRateTexts {
  readonly zoneId: string;
  readonly prices: readonly PriceTexts[];
  readonly daysMin: string;
  readonly daysMax: string;
}

export interface MethodForm {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly active: boolean;
  readonly sortOrder: string;
  readonly daysMin: string;
  readonly daysMax: string;
  readonly countryCodes: readonly string[];
  readonly prices: readonly PriceTexts[];
  readonly zoneRates: readonly ZoneRateTexts[];
}

/** The fields of a price that are amounts. */
export const AMOUNT_FIELDS = ['freeFrom', 'minSubtotal', 'maxSubtotal'] as const;
export const WEIGHT_FIELDS = ['minWeightGrams', 'maxWeightGrams'] as const;

export const NEW_PRICE: PriceTexts = {
  currencyCode: 'EUR',
  price: '',
  freeFrom: '',
  minSubtotal: '',
  maxSubtotal: '',
  minWeightGrams: '',
  maxWeightGrams: '',
  stepsBy: 'WEIGHT',
  steps: '',
};

export const NEW_METHOD: MethodForm = {
  code: '',
  name: '',
  description: '',
  active: true,
  sortOrder: '0',
  daysMin: '',
  daysMax: '',
  countryCodes: [],
  prices: [NEW_PRICE],
  zoneRates: [],
};

type Price = MethodSetup['prices'][number];

/** Converts a shipping method to the form's texts. */
export function methodFormOf(method: MethodSetup): MethodForm {
  return {
    code: method.code,
    name: method.name,
    description: method.description ?? '',
    active: method.active,
    sortOrder: String(method.sortOrder),
    ...daysOf(method.deliveryDays),
    countryCodes: method.countryCodes,
    prices: method.prices.map(priceTexts),
    zoneRates: method.zoneRates.map(({ zoneId, prices, deliveryDays }) => ({
      zoneId,
      prices: prices.map(priceTexts),
      ...daysOf(deliveryDays),
    })),
  };
}

function daysOf(days: MethodSetup['deliveryDays']): Pick<MethodForm, 'daysMin' | 'daysMax'> {
  return { daysMin: days ? String(days.min) : '', daysMax: days ? String(days.max) : '' };
}

function priceTexts({ price, stepsBy, steps, minWeightGrams, maxWeightGrams, ...limits }: Price): PriceTexts {
  return {
    currencyCode: price.currencyCode,
    price: price.amount,
    freeFrom: limits.freeFrom?.amount ?? '',
    minSubtotal: limits.minSubtotal?.amount ?? '',
    maxSubtotal: limits.maxSubtotal?.amount ?? '',
    minWeightGrams: minWeightGrams === null ? '' : String(minWeightGrams),
    maxWeightGrams: maxWeightGrams === null ? '' : String(maxWeightGrams),
    stepsBy: stepsBy ?? 'WEIGHT',
    steps: steps.map((step) => `${step.from} ${step.price.amount}`).join('\n'),
  };
}

const STEP = /^(\d{1,12}(?:[.,]\d{1,6})?)\s+(\d{1,12}(?:[.,]\d{1,6})?)$/;
const decimal = (text: string) => text.trim().replace(',', '.');

/** Parses steps, one per line. A step is its start and its price. Null when a line has another format. */
export function stepsOf(text: string): { from: string; price: string }[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const steps = lines.map((line) => {
    const [, from, price] = STEP.exec(line.trim()) ?? [];
    return from !== undefined && price !== undefined ? { from: decimal(from), price: decimal(price) } : null;
  });
  return steps.some((step) => step === null) ? null : steps.filter((step) => step !== null);
}

function priceInput(texts: PriceTexts): ShippingMethodPriceInput {
  const amount = (text: string) => (text.trim() === '' ? null : decimal(text));
  const grams = (text: string) => (text.trim() === '' ? null : Number(text));
  const steps = stepsOf(texts.steps) ?? [];
  return {
    currencyCode: texts.currencyCode,
    price: decimal(texts.price),
    freeFrom: amount(texts.freeFrom),
    minSubtotal: amount(texts.minSubtotal),
    maxSubtotal: amount(texts.maxSubtotal),
    minWeightGrams: grams(texts.minWeightGrams),
    maxWeightGrams: grams(texts.maxWeightGrams),
    ...(steps.length > 0 && { stepsBy: texts.stepsBy, steps }),
  };
}

function daysInput({ daysMin, daysMax }: Pick<MethodForm, 'daysMin' | 'daysMax'>) {
  if (daysMin.trim() === '' && daysMax.trim() === '') return null;
  // When only one of the two numbers is given, it is both the minimum and the maximum.
  return { min: Number(daysMin.trim() || daysMax), max: Number(daysMax.trim() || daysMin) };
}

/**
 * The form as the input of a mutation, without the code, which cannot be changed. The input does not contain
 * translations and excluded products, so the mutation does not change them.
 */
export function methodInput(form: MethodForm): Omit<ShippingMethodCreateInput, 'code' | 'idempotencyKey'> {
  return {
    name: form.name.trim(),
    description: form.description.trim() || null,
    active: form.active,
    sortOrder: Number(form.sortOrder),
    deliveryDays: daysInput(form),
    countryCodes: [...form.countryCodes],
    prices: form.prices.map(priceInput),
    zoneRates: form.zoneRates.map((rate) => ({
      zoneId: rate.zoneId,
      prices: rate.prices.map(priceInput),
      deliveryDays: daysInput(rate),
    })),
  };
}

export type MethodFieldPath =
  | 'code'
  | 'name'
  | 'description'
  | 'sortOrder'
  | 'daysMin'
  | `prices.${number}.${keyof PriceTexts}`
  | `zoneRates.${number}.prices.${number}.${keyof PriceTexts}`;

const OWN = ['code', 'name', 'description', 'sortOrder'] as const;

/** The form's field for the field path of a refusal. Null when the form has no such field. */
export function methodFieldOf(path: readonly string[]): MethodFieldPath | null {
  const [first, index, ...rest] = path;
  if (first === 'deliveryDays') return 'daysMin';
  if (first === 'prices' && index !== undefined) return `prices.${Number(index)}.${priceFieldOf(rest[0])}`;
  if (first === 'zoneRates' && rest[0] === 'prices' && rest[1] !== undefined) {
    return `zoneRates.${Number(index)}.prices.${Number(rest[1])}.${priceFieldOf(rest[2])}`;
  }
  return OWN.find((each) => each === first) ?? null;
}

function priceFieldOf(name: string | undefined): keyof PriceTexts {
  return (Object.keys(NEW_PRICE) as (keyof PriceTexts)[]).find((each) => each === name) ?? 'price';
}
