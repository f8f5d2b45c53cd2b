import { describe, expect, test } from '@jest/globals';
import {
  differingFields,
  fieldOfRefusal,
  formOf,
  isAmounts,
  isCount,
  NEW_PROMOTION,
  previewLines,
  settingsOf,
  stateOf,
  type ManagedPromotion,
} from './promotion-form.ts';

const STORED: ManagedPromotion = {
  id: 'p1',
  version: 3,
  name: 'Sale',
  code: 'SALE',
  active: true,
  startsAt: '2030-05-01T08:00:00.000Z',
  endsAt: null,
  priority: 2,
  combinable: false,
  productIds: ['a'],
  categoryIds: ['c'],
  collectionIds: [],
  customerGroupIds: [],
  channelIds: ['web'],
  firstOrderOnly: false,
  minQuantity: 2,
  minSubtotals: [{ amount: '50.00', currencyCode: 'EUR' }],
  action: {
    type: 'AMOUNT',
    percent: null,
    buy: null,
    get: null,
    variantId: null,
    quantity: null,
    amounts: [
      { amount: '5.00', currencyCode: 'EUR' },
      { amount: '6.00', currencyCode: 'USD' },
    ],
  },
  usageLimit: 10,
  usageLimitPerBuyer: null,
  uses: 4,
  createdAt: '2030-01-01T00:00:00.000Z',
  updatedAt: '2030-01-01T00:00:00.000Z',
};

test('a stored promotion that is saved without a change stays as it is', () => {
  const { id: _id, version: _version, uses: _uses, createdAt: _created, updatedAt: _updated, ...settings } = STORED;
  expect(settingsOf(formOf(STORED), null)).toEqual({
    ...settings,
    action: { type: 'AMOUNT', amounts: STORED.action.amounts },
  });
});

test('each action sends its own fields', () => {
  const action = (form: Partial<typeof NEW_PROMOTION>) => settingsOf({ ...NEW_PROMOTION, ...form }, 'v1').action;
  expect(action({ percent: ' 12,5 ' })).toEqual({ type: 'PERCENTAGE', percent: '12.5' });
  expect(action({ type: 'BUY_X_GET_Y', buy: '2', get: '1' })).toEqual({ type: 'BUY_X_GET_Y', buy: 2, get: 1 });
  expect(action({ type: 'GIFT', gift: 'MUG', quantity: '2' })).toEqual({ type: 'GIFT', variantId: 'v1', quantity: 2 });
  expect(action({ type: 'FREE_SHIPPING', percent: '5' })).toEqual({ type: 'FREE_SHIPPING' });
});

test('a promotion for first orders is used once by each buyer', () => {
  expect(settingsOf({ ...NEW_PROMOTION, firstOrderOnly: true }, null).usageLimitPerBuyer).toBe(1);
});

test.each([
  ['', true],
  ['15.00 EUR', true],
  ['15 eur, 1500 JPY', true],
  ['15.00', false],
  ['EUR 15', false],
])('amounts %p: %p', (text, expected) => {
  expect(isAmounts(text)).toBe(expected);
});

test('counts are whole numbers from 1 on', () => {
  expect(['1', '', '0', '1.5'].map((text) => isCount(text, true))).toEqual([true, true, false, false]);
  expect(isCount('', false)).toBe(false);
});

test('a refusal names its field', () => {
  expect(fieldOfRefusal(['settings', 'action', 'amounts', '0', 'amount'])).toBe('amounts');
  expect(fieldOfRefusal(['action', 'variantId'])).toBe('gift');
  expect(fieldOfRefusal(['id'])).toBeNull();
});

describe('the state of a promotion', () => {
  const now = Date.parse('2030-06-01T00:00:00Z');
  test.each([
    ['ACTIVE', {}],
    ['OFF', { active: false }],
    ['SCHEDULED', { startsAt: '2030-06-02T00:00:00Z' }],
    ['ENDED', { endsAt: '2030-06-01T00:00:00Z' }],
    ['USED_UP', { uses: 10 }],
  ])('%s', (state, values) => {
    expect(stateOf({ ...STORED, ...values }, now)).toBe(state);
  });
});

test('a conflict shows the fields that differ', () => {
  const mine = formOf(STORED);
  expect(differingFields(mine, { ...mine, name: 'Other', categoryIds: [] })).toEqual(['name', 'categoryIds']);
});

test('the lines of a preview are SKUs with units', () => {
  expect(previewLines('LAMP 2\n\n TEA-100 \nSKU 1 3')).toEqual([
    { sku: 'LAMP', quantity: 2 },
    { sku: 'TEA-100', quantity: 1 },
    { sku: 'SKU 1', quantity: 3 },
  ]);
});
