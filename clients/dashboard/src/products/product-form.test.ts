import { expect, test } from '@jest/globals';
import {
  currenciesOf,
  isPrice,
  priceField,
  productChange,
  textsOf,
  variantChanges,
  variantField,
} from './product-form.ts';

const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });
const product = {
  name: 'Lamp',
  slug: 'lamp',
  description: '',
  baseSku: 'LAMP',
  externalReference: 'erp-7',
  variants: {
    nodes: [
      {
        id: 'v1',
        sku: 'LAMP-S',
        name: 'S',
        weightGrams: 300,
        prices: [eur('19.90'), { amount: '22.00', currencyCode: 'USD' }],
      },
      { id: 'v2', sku: 'LAMP-L', name: 'L', weightGrams: null, prices: [eur('29.90')] },
    ],
  },
};
const texts = textsOf(product);
const variants = product.variants.nodes;

test('an unchanged form sends nothing', () => {
  expect(productChange(texts, texts)).toBeNull();
  expect(variantChanges(variants, texts, texts)).toEqual([]);
});

test('only changed fields of the product are sent, and an empty reference clears the field', () => {
  expect(productChange(texts, { ...texts, name: 'Cork lamp', externalReference: '' })).toEqual({
    name: 'Cork lamp',
    externalReference: null,
  });
});

test('a changed price sends all prices of the variant, without emptied ones', () => {
  const after = { ...texts, [priceField('v1', 'EUR')]: '18,5', [priceField('v1', 'USD')]: ' ' };
  expect(variantChanges(variants, texts, after)).toEqual([{ id: 'v1', fields: null, prices: [eur('18.5')] }]);
});

test('changed fields of a variant are sent alone', () => {
  const after = { ...texts, [variantField('v2', 'weight')]: '450', [variantField('v1', 'weight')]: '' };
  expect(variantChanges(variants, texts, after)).toEqual([
    { id: 'v1', fields: { weightGrams: null }, prices: null },
    { id: 'v2', fields: { weightGrams: 450 }, prices: null },
  ]);
});

test('the currencies are those of any variant', () => {
  expect(currenciesOf(product)).toEqual(['EUR', 'USD']);
});

test.each([
  ['', true],
  ['19', true],
  ['19,90', true],
  ['1.234,5', false],
  ['-1', false],
  ['1e3', false],
])('the price "%s" can be sent: %s', (text, isValid) => {
  expect(isPrice(text)).toBe(isValid);
});
