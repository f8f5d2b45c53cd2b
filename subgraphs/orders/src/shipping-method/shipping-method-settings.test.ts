import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { configureShippingMethod, draftOf, type ShippingMethodDraft } from './shipping-method-settings.ts';
import type { ShippingPriceDraft } from './shipping-price-settings.ts';

const EURO = { currencyCode: 'EUR', price: '4.90' };
const aDraft = (values: Partial<ShippingMethodDraft> = {}): ShippingMethodDraft => ({
  code: 'parcel',
  name: 'Parcel',
  countryCodes: [],
  prices: [EURO],
  ...values,
});
const fieldsOf = (draft: ShippingMethodDraft) => {
  const settings = configureShippingMethod(draft);
  return settings.ok ? [] : settings.error.map(({ field }) => field?.join('.'));
};
const step = (from: string, price = '1') => ({ from, price });

test.each<[Partial<ShippingPriceDraft>, string]>([
  [{ steps: [step('1')] }, 'stepsBy'],
  [{ stepsBy: 'WEIGHT' }, 'steps'],
  [{ stepsBy: 'WEIGHT', steps: [step('0')] }, 'steps.0.from'],
  [{ stepsBy: 'WEIGHT', steps: [step('1.5')] }, 'steps.0.from'],
  [{ stepsBy: 'WEIGHT', steps: [step('1000000001')] }, 'steps.0.from'],
  [{ stepsBy: 'COUNT', steps: [step('2'), step('2')] }, 'steps.1.from'],
  [{ stepsBy: 'COUNT', steps: [step('3'), step('2')] }, 'steps.1.from'],
  [{ stepsBy: 'COUNT', steps: [step('-1')] }, 'steps.0.from'],
  [{ stepsBy: 'VALUE', steps: [step('0.001')] }, 'steps.0.from'],
  [{ stepsBy: 'VALUE', steps: [step('10', '1.999')] }, 'steps.0.price'],
  [{ minWeightGrams: 2, maxWeightGrams: 1 }, 'maxWeightGrams'],
])('a wrong price names its member: %j', (values, field) => {
  const wrong = { ...EURO, ...values };
  expect(fieldsOf(aDraft({ prices: [wrong] }))).toEqual([`prices.0.${field}`]);
  const zoneRates = [{ zoneId: 'a', prices: [wrong] }];
  expect(fieldsOf(aDraft({ zoneRates }))).toEqual([`zoneRates.0.prices.0.${field}`]);
});

test('a zone twice, days that end before they begin, and a language twice are refused', () => {
  const zone = { zoneId: 'a', prices: [EURO] };
  expect(fieldsOf(aDraft({ zoneRates: [zone, { ...zone, zoneId: 'A' }] }))).toEqual(['zoneRates.1.zoneId']);
  expect(fieldsOf(aDraft({ deliveryDays: { min: 3, max: 2 } }))).toEqual(['deliveryDays.max']);
  const translations = [
    { locale: 'de', name: 'Paket' },
    { locale: 'DE', name: 'Paket' },
  ];
  expect(fieldsOf(aDraft({ translations }))).toEqual(['translations.1.locale']);
});

test('settings survive the way to a draft and back, in every currency', () => {
  const price = fc
    .record({
      currencyCode: fc.constantFrom('EUR', 'JPY', 'KWD'),
      stepsBy: fc.constantFrom('WEIGHT', 'VALUE', 'COUNT'),
      starts: fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 10 }),
      price: fc.nat(1_000_000),
      maxWeightGrams: fc.option(fc.nat(1_000_000)),
    })
    .map(({ starts, price: cost, ...others }) => ({
      ...others,
      price: String(cost),
      freeFrom: String(cost),
      steps: starts.toSorted((a, b) => a - b).map((from, index) => step(String(from), String(index))),
    }));
  const property = fc.property(price, fc.array(fc.uuid(), { maxLength: 3 }), (entered, ids) => {
    const zoneRates = [...new Set(ids)].map((zoneId) => ({
      zoneId,
      prices: [entered],
      deliveryDays: { min: 1, max: 2 },
    }));
    const settings = configureShippingMethod(
      aDraft({
        prices: [entered],
        zoneRates,
        excludedProductIds: ids,
        translations: [{ locale: 'de', name: 'Paket' }],
      }),
    );
    if (!settings.ok) throw new Error(JSON.stringify(settings.error));
    expect(configureShippingMethod(draftOf(settings.value))).toEqual(settings);
  });
  fc.assert(property);
});
