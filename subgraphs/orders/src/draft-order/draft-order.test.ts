import { describe, expect, test } from '@jest/globals';
import { parseScaled, UNIT_PRICE_SCALE } from '@souk/kit/domain';
import fc from 'fast-check';
import { repriceLines, replaceLines, type CatalogAnswer } from '../cart/cart-lines.ts';
import { NO_TERMS, priceCart } from '../cart/cart-pricing.ts';
import type { SoldVariant } from '../cart/cart.ts';
import { staffUnitPrice, type StaffPrice } from '../cart/staff-price.ts';
import { unitPriceOf } from '../cart/unit-price.ts';
import { taxByRates } from '../tax/tax-calculation.ts';
import { TAX_ROUNDINGS } from '../tax/tax.ts';
import { aCart, anAddress, aVariant } from '../testing/carts.ts';
import { changeBuyer, expiryOf, staffDemands } from './draft-order.ts';

const micros = fc.bigInt({ min: 0n, max: 10n ** 11n }).map((scaled) => {
  const text = scaled.toString().padStart(UNIT_PRICE_SCALE + 1, '0');
  return `${text.slice(0, -UNIT_PRICE_SCALE)}.${text.slice(-UNIT_PRICE_SCALE)}`;
});
const staffPrice: fc.Arbitrary<StaffPrice | null> = fc.oneof(
  fc.constant(null),
  micros.map((unitPrice) => ({ kind: 'FIXED' as const, unitPrice, reason: 'agreed' })),
  fc
    .integer({ min: 1, max: 10_000 })
    .map((basisPoints) => ({ kind: 'DISCOUNT' as const, basisPoints, reason: 'agreed' })),
);
const lines = fc.array(fc.record({ listPrice: micros, quantity: fc.integer({ min: 1, max: 50 }), staffPrice }), {
  minLength: 1,
  maxLength: 8,
});
const currency = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLP');
const rules = fc.record({
  pricesIncludeTax: fc.boolean(),
  rounding: fc.constantFrom(...TAX_ROUNDINGS),
  isReverseCharge: fc.boolean(),
  millionths: fc.integer({ min: 0, max: 1_000_000 }),
});

let ids = 0;
const newId = () => `line ${++ids}`;
const catalogOf = (variants: readonly SoldVariant[]): CatalogAnswer => ({
  found: new Map(variants.map((each) => [each.variantId, each])),
  missing: new Map(),
});

test('the totals of a draft are those of a cart whose catalog has the prices of staff', () => {
  fc.assert(
    fc.property(currency, lines, rules, (code, entered, { millionths, ...settings }) => {
      const rate = { category: 'standard', name: 'VAT', millionths, from: null, until: null };
      const terms = {
        ...NO_TERMS,
        taxes: taxByRates({ ...settings, zone: 'DE', rates: [rate], treatments: new Map() }),
      };
      const variants = entered.map(({ listPrice }) => aVariant({ unitPrice: unitPriceOf(listPrice, code) }));
      const empty = aCart({ currency: code, shippingAddress: anAddress() });
      const demands = entered.map((each, index) => ({ ...each, variantId: variants[index]?.variantId ?? '' }));
      const draft = replaceLines({ ...empty, draftOrderId: 'draft' }, demands, catalogOf(variants), newId);
      const sold = variants.map((variant, index) => ({
        ...variant,
        unitPrice: staffUnitPrice(variant.unitPrice, entered[index]?.staffPrice ?? null, code),
      }));
      const plain = demands.map((each) => ({ ...each, staffPrice: null }));
      const cart = replaceLines(empty, plain, catalogOf(sold), newId);
      if (!draft.ok || !cart.ok) throw new Error('The lines were refused');
      const [ofDraft, ofCart] = [priceCart(draft.value, terms), priceCart(cart.value, terms)];
      expect(ofDraft.totals).toEqual(ofCart.totals);
      expect(ofDraft.lines.map(({ taxed }) => taxed)).toEqual(ofCart.lines.map(({ taxed }) => taxed));
    }),
  );
});

test('a discount takes its share off the list price, rounded half up once, however often the draft is priced', () => {
  fc.assert(
    fc.property(currency, micros, fc.integer({ min: 1, max: 10_000 }), (code, listPrice, basisPoints) => {
      const price: StaffPrice = { kind: 'DISCOUNT', basisPoints, reason: 'agreed' };
      const variant = aVariant({ unitPrice: unitPriceOf(listPrice, code) });
      const demand = { variantId: variant.variantId, quantity: 1, staffPrice: price };
      const draft = replaceLines(aCart({ currency: code }), [demand], catalogOf([variant]), newId);
      if (!draft.ok) throw new Error('The line was refused');
      const [line] = draft.value.lines;
      const exact = parseScaled(variant.unitPrice, UNIT_PRICE_SCALE) * BigInt(10_000 - basisPoints);
      const rounded = parseScaled(line?.unitPrice ?? '', UNIT_PRICE_SCALE) * 10_000n;
      expect(rounded - exact).toBeGreaterThan(-5_000n);
      expect(rounded - exact).toBeLessThanOrEqual(5_000n);
      expect(repriceLines(draft.value, catalogOf([variant])).lines).toEqual(draft.value.lines);
    }),
  );
});

describe('the lines that staff enter', () => {
  const line = { variantId: 'v', quantity: 1 };

  test('have a price of staff only with a reason', () => {
    const read = staffDemands([
      line,
      { ...line, unitPrice: '0', priceReason: 'gift' },
      { ...line, discountPercent: '12.5', priceReason: 'late' },
    ]);
    expect(read.ok && read.value.map((each) => each.staffPrice)).toEqual([
      null,
      { kind: 'FIXED', unitPrice: '0', reason: 'gift' },
      { kind: 'DISCOUNT', basisPoints: 1250, reason: 'late' },
    ]);
  });

  test.each([
    [{ unitPrice: '1' }, 'priceReason'],
    [{ priceReason: 'r' }, 'priceReason'],
    [{ unitPrice: '1', discountPercent: '1', priceReason: 'r' }, 'discountPercent'],
    [{ unitPrice: '-1', priceReason: 'r' }, 'unitPrice'],
    [{ unitPrice: '1.1234567', priceReason: 'r' }, 'unitPrice'],
    [{ unitPrice: '1000000000.01', priceReason: 'r' }, 'unitPrice'],
    [{ unitPrice: 'x', priceReason: 'r' }, 'unitPrice'],
    [{ discountPercent: '0', priceReason: 'r' }, 'discountPercent'],
    [{ discountPercent: '100.01', priceReason: 'r' }, 'discountPercent'],
    [{ discountPercent: '0.001', priceReason: 'r' }, 'discountPercent'],
  ])('are refused with %j', (price, member) => {
    const read = staffDemands([line, { ...line, ...price }]);
    expect(read.ok ? null : read.error.map(({ field }) => field)).toEqual([['lines', '1', member]]);
  });

  test('name each variant once', () => {
    const variant = aVariant();
    const demand = { variantId: variant.variantId, quantity: 1, staffPrice: null };
    const replaced = replaceLines(aCart(), [demand, demand], catalogOf([variant]), newId);
    expect(replaced.ok ? null : replaced.error.map(({ field }) => field)).toEqual([['lines', '1', 'variantId']]);
  });
});

test('a draft expires in the future, within 180 days, by default in 14', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
  expect(expiryOf(null, now)).toEqual({ ok: true, value: inDays(14) });
  expect(expiryOf(inDays(180), now).ok).toBe(true);
  expect(expiryOf(new Date(inDays(180).getTime() + 1), now).ok).toBe(false);
  expect(expiryOf(now, now).ok).toBe(false);
});

test('the buyer of a draft may be known in parts', () => {
  const changed = changeBuyer(aCart(), { email: 'a@example.test' });
  expect(changed.ok && changed.value).toMatchObject({ email: 'a@example.test', shippingAddress: null });
  expect(changeBuyer(aCart(), { email: 'no address' }).ok).toBe(false);
  const moved = changeBuyer(aCart({ email: 'a@example.test' }), { shippingAddress: anAddress({ postalCode: 'x' }) });
  expect(moved.ok ? null : moved.error.map(({ field }) => field)).toEqual([['shippingAddress', 'postalCode']]);
});
