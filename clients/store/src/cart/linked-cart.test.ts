import { expect, test } from '@jest/globals';
import { linkedCart } from './linked-cart.ts';

const ID = '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a06';

test('a payment link names a cart in its fragment', () => {
  expect(linkedCart(`#cart=${ID}`)).toBe(ID);
  expect(linkedCart(`#other=1&cart=${ID}`)).toBe(ID);
});

test.each(['', '#', '#cart=', '#cart=../orders', `#access=${ID}`])('%j names none', (hash) => {
  expect(linkedCart(hash)).toBeUndefined();
});
