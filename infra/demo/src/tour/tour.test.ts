import { expect, test } from '@jest/globals';
import type { Product, StatusChange, Variant } from './answers.ts';
import { dataOf } from './graphql-client.ts';
import { Narrator, readableMoney } from './narrator.ts';
import { choices } from './tour.ts';

const variant = (id: string, quantity: number): Variant => ({
  id,
  name: id,
  price: { amount: '18.00', currencyCode: 'EUR' },
  availability: { inStock: quantity > 0, quantity },
});
const product = (name: string, ...nodes: Variant[]): Product => ({ name, variants: { nodes } });

test('the buyer chooses the first variant of each product that has at least two units', () => {
  const products = [
    product('sold out', variant('a', 0)),
    product('last one', variant('b', 1)),
    product('mug', variant('c', 0), variant('d', 9), variant('e', 9)),
    product('unknown', { ...variant('f', 9), availability: null }),
  ];
  expect(choices(products).map(({ variant: { id } }) => id)).toEqual(['d']);
});

test('a response without errors returns its data, and any other response throws the reason', () => {
  expect(dataOf({ data: { shop: 1 } }, 200)).toEqual({ shop: 1 });
  expect(() => dataOf({ data: null, errors: [{ message: 'Too many' }, { message: 'Slow down' }] }, 200)).toThrow(
    'Souk returned errors: Too many; Slow down',
  );
  expect(() => dataOf({ data: null }, 200)).toThrow('neither data nor errors');
  expect(() => dataOf('<html>', 404)).toThrow('The server is not Souk: its /graphql returned HTTP status 404');
});

test('a change is printed as one line, without colours when the output is not a terminal', () => {
  const lines: string[] = [];
  const change: StatusChange = {
    type: 'SHIPPED',
    order: { status: 'CONFIRMED', paymentStatus: 'PAID', fulfillmentStatus: 'FULFILLED' },
  };
  new Narrator({ write: (text) => lines.push(text) }).live(change);
  expect(lines).toEqual(['        ◂ live  SHIPPED              order CONFIRMED, payment PAID, goods FULFILLED\n']);
});

test('an amount is printed with its currency', () => {
  expect(readableMoney({ amount: '18.00', currencyCode: 'EUR' })).toBe('18.00 EUR');
});
