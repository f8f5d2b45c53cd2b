import { expect, test } from '@jest/globals';
import { NEW_PREVIEW, previewInput } from './preview-form.ts';

test.each([
  ['1', 1000],
  ['0,25', 250],
  ['12.5', 12_500],
  ['0.001', 1],
  [' 31.5 ', 31_500],
])('%s kg are %i g', (weight, weightGrams) => {
  expect(previewInput({ ...NEW_PREVIEW, weight })).toMatchObject({ input: { weightGrams } });
});

test.each([
  [{ countryCode: 'Germany' }, 'countryCode'],
  [{ weight: '1.0001' }, 'weight'],
  [{ weight: '' }, 'weight'],
  [{ value: '-1' }, 'value'],
] as const)('%j is wrong in the field %s', (values, wrong) => {
  expect(previewInput({ ...NEW_PREVIEW, ...values })).toEqual({ wrong });
});

test('a country in small letters and an amount with a comma are accepted', () => {
  expect(previewInput({ countryCode: ' at ', postalCode: ' 1010 ', weight: '2', value: '48,50' })).toEqual({
    input: { countryCode: 'AT', postalCode: '1010', weightGrams: 2000, subtotal: '48.50', quantity: 1 },
  });
});
