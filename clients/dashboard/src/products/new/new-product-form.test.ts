import { expect, test } from '@jest/globals';
import {
  creationInput,
  fieldOfRefusal,
  firstStock,
  problemsOf,
  rowsOf,
  skuFrom,
  withCell,
  type NewProductForm,
} from './new-product-form.ts';

const LAMP: NewProductForm = {
  name: 'Cork lamp',
  description: '',
  baseSku: null,
  categoryId: null,
  currency: 'EUR',
  options: [],
  rows: {},
};
const SIZES = { name: 'Size', values: 'S, M,, S' };
const COLORS = { name: 'Color', values: 'Blue' };
const TEXTS = { required: 'required', price: 'price', count: 'count' };

test('a SKU is suggested from words in any letters', () => {
  expect(skuFrom('Café-Tisch, groß!', 'Blau')).toBe('CAFE-TISCH-GROSS-BLAU');
  expect(skuFrom('  ')).toBe('');
});

test('a product without options has one variant with the base SKU', () => {
  expect(rowsOf(LAMP)).toMatchObject([{ sku: 'CORK-LAMP', options: [] }]);
});

test('every combination of values has a row, and repeated values and unnamed options have none', () => {
  const rows = rowsOf({ ...LAMP, options: [SIZES, COLORS, { name: '', values: 'x' }] });
  expect(rows.map(({ sku }) => sku)).toEqual(['CORK-LAMP-S-BLUE', 'CORK-LAMP-M-BLUE']);
});

test('a row keeps its texts when another option value is added before', () => {
  const [row] = rowsOf({ ...LAMP, options: [SIZES] });
  const edited = withCell({ ...LAMP, options: [SIZES] }, row?.key ?? '', 'price', '12,50');
  const rows = rowsOf({ ...edited, options: [{ name: 'Size', values: 'XS, S, M' }] });
  expect(rows.map(({ price }) => price)).toEqual(['', '12,50', '']);
});

test('the input has prices and weights that were entered alone, and stock is listed apart', () => {
  const key = rowsOf(LAMP)[0]?.key ?? '';
  const form = withCell(withCell(LAMP, key, 'price', '12,50'), key, 'stock', '7');
  expect(creationInput(form, 'PUBLISHED')).toEqual({
    name: 'Cork lamp',
    description: '',
    baseSku: 'CORK-LAMP',
    status: 'PUBLISHED',
    variants: [{ sku: 'CORK-LAMP', options: [], prices: [{ amount: '12.50', currencyCode: 'EUR' }] }],
  });
  expect(firstStock(form)).toEqual([{ sku: 'CORK-LAMP', units: 7 }]);
  expect(firstStock(LAMP)).toEqual([]);
});

test('fields that cannot be sent have a message', () => {
  const key = rowsOf(LAMP)[0]?.key ?? '';
  const form = withCell(withCell({ ...LAMP, name: ' ' }, key, 'price', 'ten'), key, 'stock', '1.5');
  expect(problemsOf(form, TEXTS)).toEqual({
    name: 'required',
    baseSku: 'required',
    'variants.0.sku': 'required',
    'variants.0.price': 'price',
    'variants.0.stock': 'count',
  });
  expect(problemsOf(LAMP, TEXTS)).toEqual({});
});

test('a refusal belongs to a field of the form', () => {
  expect(fieldOfRefusal(['variants', '1', 'prices', '0', 'amount'])).toBe('variants.1.price');
  expect(fieldOfRefusal(['options', '0', 'values'])).toBe('options');
  expect(fieldOfRefusal(['slug'])).toBe('name');
  expect(fieldOfRefusal(['media', '0', 'mediaId'])).toBeNull();
  expect(fieldOfRefusal([])).toBeNull();
});
