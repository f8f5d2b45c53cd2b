import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aCart, aLine, aVariant } from '../testing/carts.ts';
import { addLines, removeLines, updateLines, type CatalogAnswer } from './cart-lines.ts';
import type { MissingReason } from './cart.errors.ts';
import type { VariantSnapshot } from './cart.ts';

const catalogOf = (variants: readonly VariantSnapshot[], missing: readonly [string, MissingReason][] = []) => ({
  found: new Map(variants.map((variant) => [variant.variantId, variant])),
  missing: new Map(missing),
});
const NOTHING: CatalogAnswer = catalogOf([]);
let ids = 0;
const newId = () => `line-${++ids}`;

test('the same variant twice becomes one line', () => {
  const variant = aVariant();
  const cart = aCart({ lines: [aLine({ ...variant, id: 'first', quantity: 2 })] });
  const demand = { variantId: variant.variantId, quantity: 3 };
  const added = addLines(cart, [demand, demand], catalogOf([variant]), newId);
  expect(added).toMatchObject({ ok: true, value: { lines: [{ id: 'first', quantity: 8 }] } });
});

test('lines stay in the order in which they were added', () => {
  const variants = [aVariant({ sku: 'A' }), aVariant({ sku: 'B' }), aVariant({ sku: 'C' })];
  const demands = variants.map(({ variantId }) => ({ variantId, quantity: 1 }));
  const added = addLines(aCart(), demands, catalogOf(variants), newId);
  expect(added).toMatchObject({ value: { lines: [{ sku: 'A' }, { sku: 'B' }, { sku: 'C' }] } });
});

test('every change gives all lines the current price', () => {
  const line = aLine({ unitPrice: '10.00' });
  const cart = aCart({ lines: [line, aLine({ id: 'gone' })] });
  const today = catalogOf([aVariant({ ...line, unitPrice: '12.00' })]);
  const repriced = { ok: true, value: { lines: [{ unitPrice: '12.00' }] } };
  expect(updateLines(cart, [{ lineId: 'gone', quantity: 0 }], today)).toMatchObject(repriced);
  expect(removeLines(cart, ['gone'], today)).toMatchObject(repriced);
});

test('each variant that is not for sale gives a failure with its path', () => {
  const [sold, unknown, unpriced] = [aVariant(), aVariant(), aVariant()];
  const demands = [unknown, sold, unpriced].map(({ variantId }) => ({ variantId, quantity: 1 }));
  const catalog = catalogOf(
    [sold],
    [
      [unknown.variantId, 'VARIANT_NOT_FOUND'],
      [unpriced.variantId, 'PRICE_MISSING'],
    ],
  );
  expect(addLines(aCart(), demands, catalog, newId)).toMatchObject({
    ok: false,
    error: [
      { code: 'VARIANT_NOT_FOUND', field: ['lines', '0', 'variantId'] },
      { code: 'PRICE_MISSING', field: ['lines', '2', 'variantId'] },
    ],
  });
});

test('a buyer can add lines while another line is no longer sold', () => {
  const old = aLine({ sku: 'OLD' });
  const variant = aVariant();
  const catalog = catalogOf([variant], [[old.variantId, 'VARIANT_NOT_FOUND']]);
  const added = addLines(aCart({ lines: [old] }), [{ variantId: variant.variantId, quantity: 1 }], catalog, newId);
  expect(added).toMatchObject({ ok: true, value: { lines: [{ sku: 'OLD' }, { quantity: 1 }] } });
});

test('a line holds at most 10,000 units, also when they are added in steps', () => {
  const variant = aVariant();
  const cart = aCart({ lines: [aLine({ ...variant, quantity: 9_999 })] });
  const add = (quantity: number) =>
    addLines(cart, [{ variantId: variant.variantId, quantity }], catalogOf([variant]), newId);
  expect(add(1)).toMatchObject({ ok: true });
  expect(add(2)).toMatchObject({ error: [{ code: 'QUANTITY_INVALID', field: ['lines', '0', 'quantity'] }] });
});

test('a cart holds at most 200 lines', () => {
  const cart = aCart({ lines: Array.from({ length: 200 }, () => aLine()) });
  const variant = aVariant();
  const added = addLines(cart, [{ variantId: variant.variantId, quantity: 1 }], catalogOf([variant]), newId);
  expect(added).toMatchObject({ error: [{ code: 'CART_LIMIT_REACHED' }] });
});

test('a cart whose total exceeds the countable amounts is refused', () => {
  const variant = aVariant({ unitPrice: '99999999999999' });
  const added = addLines(aCart(), [{ variantId: variant.variantId, quantity: 9_999 }], catalogOf([variant]), newId);
  expect(added).toMatchObject({ error: [{ code: 'CART_LIMIT_REACHED' }] });
});

test('an unknown line gives a failure with its path', () => {
  const cart = aCart({ lines: [aLine({ id: 'mine' })] });
  expect(
    updateLines(
      cart,
      [
        { lineId: 'mine', quantity: 1 },
        { lineId: 'other', quantity: 1 },
      ],
      NOTHING,
    ),
  ).toMatchObject({ error: [{ code: 'NOT_FOUND', field: ['lines', '1', 'lineId'] }] });
  expect(removeLines(cart, ['other'], NOTHING)).toMatchObject({ error: [{ field: ['lineIds', '0'] }] });
});

test('after any additions, no variant has two lines and no unit is lost', () => {
  const variants = Array.from({ length: 5 }, () => aVariant());
  const demand = fc.record({ of: fc.nat(4), quantity: fc.integer({ min: 1, max: 50 }) });
  fc.assert(
    fc.property(fc.array(fc.array(demand, { maxLength: 10 }), { maxLength: 5 }), (changes) => {
      const total = changes.flat().reduce((units, { quantity }) => units + quantity, 0);
      const cart = changes.reduce((before, change) => {
        const demands = change.map(({ of, quantity }) => ({ variantId: variants[of]?.variantId ?? '', quantity }));
        const added = addLines(before, demands, catalogOf(variants), newId);
        return added.ok ? added.value : before;
      }, aCart());
      expect(new Set(cart.lines.map((line) => line.variantId)).size).toBe(cart.lines.length);
      expect(cart.lines.reduce((units, { quantity }) => units + quantity, 0)).toBe(total);
    }),
  );
});

test('the price of a line follows its quantity through the tiers', () => {
  const tiers = [
    { fromQuantity: 10, unitPrice: '9.00' },
    { fromQuantity: 50, unitPrice: '8.00' },
  ];
  const variant = { ...aVariant({ unitPrice: '10.00' }), tiers };
  const catalog = catalogOf([variant]);
  const priced = (change: ReturnType<typeof addLines>) => (change.ok ? change.value : aCart());
  const nine = priced(addLines(aCart(), [{ variantId: variant.variantId, quantity: 9 }], catalog, newId));
  expect(nine.lines).toMatchObject([{ quantity: 9, unitPrice: '10.00' }]);
  expect(nine.lines[0]).not.toHaveProperty('tiers');
  const ten = priced(addLines(nine, [{ variantId: variant.variantId, quantity: 1 }], catalog, newId));
  expect(ten.lines).toMatchObject([{ quantity: 10, unitPrice: '9.00' }]);
  const lineId = ten.lines[0]?.id ?? '';
  expect(priced(updateLines(ten, [{ lineId, quantity: 50 }], catalog)).lines).toMatchObject([{ unitPrice: '8.00' }]);
  expect(priced(updateLines(ten, [{ lineId, quantity: 2 }], catalog)).lines).toMatchObject([{ unitPrice: '10.00' }]);
});
