import { expect, test } from '@jest/globals';
import { methodFieldOf, methodFormOf, methodInput, NEW_METHOD, NEW_PRICE, stepsOf } from './method-form.ts';
import type { MethodSetup, ShippingZone } from './use-shipping.ts';
import { NEW_AREA, NEW_ZONE, zoneFieldOf, zoneFormOf, zoneInput } from './zone-form.ts';

test('steps are read line by line, and another format is none', () => {
  expect(stepsOf('5000 7,90\n\n 10000  12.50 ')).toEqual([
    { from: '5000', price: '7.90' },
    { from: '10000', price: '12.50' },
  ]);
  expect(stepsOf('')).toEqual([]);
  expect(stepsOf('5000')).toBeNull();
  expect(stepsOf('five 7.90')).toBeNull();
});

test('empty limits are none, and one number of days is a fixed one', () => {
  const form = {
    ...NEW_METHOD,
    name: ' Standard ',
    daysMax: '3',
    prices: [{ ...NEW_PRICE, price: '4,90', maxWeightGrams: '31500' }],
  };
  expect(methodInput(form)).toEqual({
    name: 'Standard',
    description: null,
    active: true,
    sortOrder: 0,
    deliveryDays: { min: 3, max: 3 },
    countryCodes: [],
    zoneRates: [],
    prices: [
      {
        currencyCode: 'EUR',
        price: '4.90',
        freeFrom: null,
        minSubtotal: null,
        maxSubtotal: null,
        minWeightGrams: null,
        maxWeightGrams: 31_500,
      },
    ],
  });
});

test('a method that was read is sent back unchanged', () => {
  const euros = (amount: string) => ({ amount, currencyCode: 'EUR' });
  const price = {
    price: euros('4.90'),
    stepsBy: 'WEIGHT',
    steps: [{ from: '5000', price: euros('7.90') }],
    freeFrom: euros('50.00'),
    minSubtotal: null,
    maxSubtotal: null,
    minWeightGrams: null,
    maxWeightGrams: 31_500,
  };
  const method = {
    code: 'standard',
    name: 'Standard',
    description: 'By van',
    active: false,
    sortOrder: 2,
    deliveryDays: { min: 1, max: 2 },
    countryCodes: ['DE'],
    prices: [price],
    zoneRates: [{ zoneId: 'z1', prices: [price], deliveryDays: null }],
  };
  const sent = {
    currencyCode: 'EUR',
    price: '4.90',
    stepsBy: 'WEIGHT',
    steps: [{ from: '5000', price: '7.90' }],
    freeFrom: '50.00',
    minSubtotal: null,
    maxSubtotal: null,
    minWeightGrams: null,
    maxWeightGrams: 31_500,
  };
  const { code, ...others } = method;
  expect(code).toBe('standard');
  expect(methodInput(methodFormOf(method as unknown as MethodSetup))).toEqual({
    ...others,
    prices: [sent],
    zoneRates: [{ zoneId: 'z1', prices: [sent], deliveryDays: null }],
  });
});

test('a zone that was read is sent back unchanged', () => {
  const areas = [{ countryCode: 'DE', region: null, postalPatterns: ['25938..25999', '18565'] }];
  const zone = { code: 'islands', name: 'Islands', areas } as unknown as ShippingZone;
  expect(zoneInput(zoneFormOf(zone))).toEqual({ name: 'Islands', areas });
  const everywhere = { ...NEW_ZONE, areas: [{ ...NEW_AREA, postalPatterns: '1*,\n2*,' }] };
  expect(zoneInput(everywhere).areas).toEqual([{ countryCode: null, region: null, postalPatterns: ['1*', '2*'] }]);
});

test('a refusal belongs to a field of the form', () => {
  expect(zoneFieldOf(['areas', '1', 'postalPatterns', '0'])).toBe('areas.1.postalPatterns');
  expect(zoneFieldOf(['areas'])).toBeNull();
  expect(methodFieldOf(['prices', '1', 'currencyCode'])).toBe('prices.1.currencyCode');
  expect(methodFieldOf(['prices', '0', 'steps', '1', 'from'])).toBe('prices.0.steps');
  expect(methodFieldOf(['zoneRates', '0', 'prices', '2', 'freeFrom'])).toBe('zoneRates.0.prices.2.freeFrom');
  expect(methodFieldOf(['zoneRates'])).toBeNull();
  expect(methodFieldOf(['deliveryDays', 'min'])).toBe('daysMin');
});
