import { expect, test } from '@jest/globals';
import {
  buyerInput,
  fieldOfRefusal,
  formOf,
  isQuantity,
  linesInput,
  newDraft,
  type DraftForm,
  type DraftOrder,
  type LineTexts,
} from './draft-form.ts';

const LINE: LineTexts = {
  variantId: 'v1',
  sku: 'LAMP',
  name: 'Lamp',
  quantity: '2',
  pricing: 'CATALOG',
  value: '9',
  reason: 'x',
};

test('a line sends the price, the discount or neither, with its reason', () => {
  const lines = [
    LINE,
    { ...LINE, pricing: 'PRICE' as const, value: '12,50', reason: ' old box ' },
    { ...LINE, pricing: 'DISCOUNT' as const },
  ];
  expect(linesInput({ ...newDraft('DE'), lines })).toEqual([
    { variantId: 'v1', quantity: 2 },
    { variantId: 'v1', quantity: 2, unitPrice: '12.50', priceReason: 'old box' },
    { variantId: 'v1', quantity: 2, discountPercent: '9', priceReason: 'x' },
  ]);
});

test('an untouched address is none, and removes the shipping method', () => {
  const form: DraftForm = { ...newDraft('DE'), email: ' a@b.test ', shippingMethodId: 'm1' };
  expect(buyerInput(form)).toEqual({ email: 'a@b.test', shippingAddress: null, shippingMethodId: null });
  const withCity = { ...form, address: { ...form.address, city: 'Berlin' } };
  expect(buyerInput(withCity)).toMatchObject({
    shippingAddress: { city: 'Berlin', countryCode: 'DE', region: null },
    shippingMethodId: 'm1',
  });
});

test('a draft is shown with its prices of staff, without gifts and deleted variants', () => {
  const line = { sku: 'LAMP', name: 'Lamp', options: [{ name: 'Size', value: 'M' }], quantity: 2, isGift: false };
  const staffPrice = { unitPrice: { amount: '9.00' }, discountPercent: null, reason: 'damaged' };
  const cart = {
    email: null,
    shippingAddress: null,
    shippingMethod: null,
    lines: [
      { ...line, variant: { id: 'v1' }, staffPrice },
      { ...line, variant: { id: 'v2' }, staffPrice: { ...staffPrice, discountPercent: '10' } },
      { ...line, variant: { id: 'v3' }, staffPrice: null, isGift: true },
      { ...line, variant: null, staffPrice: null },
    ],
  };
  const form = formOf({ cart } as unknown as DraftOrder, 'AT');
  expect(form.lines).toMatchObject([
    { variantId: 'v1', name: 'Lamp, M', pricing: 'PRICE', value: '9.00', reason: 'damaged' },
    { variantId: 'v2', pricing: 'DISCOUNT', value: '10' },
  ]);
  expect(form.address.countryCode).toBe('AT');
});

test('a refusal belongs to a field of the form', () => {
  expect(fieldOfRefusal(['lines', '1', 'priceReason'])).toBe('lines.1.reason');
  expect(fieldOfRefusal(['lines', '0', 'variantId'])).toBe('lines.0.quantity');
  expect(fieldOfRefusal(['shippingAddress', 'postalCode'])).toBe('address.postalCode');
  expect(fieldOfRefusal(['id'])).toBeNull();
});

test('units are whole numbers from 1 to 10,000', () => {
  expect(['0', '1', '10000', '10001', '1.5', ''].map(isQuantity)).toEqual([false, true, true, false, false, false]);
});
