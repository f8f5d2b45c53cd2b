import { expect, test } from '@jest/globals';
import { add, money, sum, type Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { taxByRates, type TaxableSale, type TaxRules } from './tax-calculation.ts';
import { TAX_ROUNDINGS, type TaxedAmount, type TaxRate } from './tax.ts';

const rate = (category: string, percent: number, name = 'VAT'): TaxRate => ({
  category,
  name,
  millionths: Math.round(percent * 10_000),
  from: null,
  until: null,
});

const rules = (values: Partial<TaxRules> = {}): TaxRules => ({
  pricesIncludeTax: true,
  rounding: 'LINE',
  zone: 'Germany',
  rates: [rate('standard', 19), rate('reduced', 7)],
  treatments: new Map(),
  isReverseCharge: false,
  ...values,
});

const line = (amountMinor: number, values: Partial<Omit<TaxableSale['lines'][number], 'amount'>> = {}) => ({
  amount: money(amountMinor, 'EUR'),
  quantity: 1,
  category: null,
  ...values,
});

const sale = (lines: TaxableSale['lines'], shippingMinor = 0): TaxableSale => ({
  currency: 'EUR',
  lines,
  shipping: money(shippingMinor, 'EUR'),
});

test('a category without a rate in the zone has the standard rate, zero-rated and exempt goods have none', () => {
  const lines = ['books', 'reduced', 'zero', 'exempt', 'stamps'].map((category) => line(11900, { category }));
  const { lines: taxed } = taxByRates(rules({ treatments: new Map([['stamps', 'EXEMPT']]) }))(sale(lines));
  expect(taxed.map(({ tax }) => tax.amountMinor)).toEqual([1900, 779, 0, 0, 0]);
  const [, reduced, zero, , stamps] = taxed.map(({ taxLines }) => taxLines[0]);
  expect(reduced).toMatchObject({ name: 'VAT', millionths: 70_000, category: 'reduced', zone: 'Germany' });
  expect([zero?.treatment, stamps?.treatment]).toEqual(['ZERO_RATED', 'EXEMPT']);
});

test('rates of one category add up, and the tax is split over them', () => {
  const rates = [rate('standard', 15, 'VAT'), rate('standard', 2.5, 'NHIL'), rate('standard', 2.5, 'GETFund')];
  const { total } = taxByRates(rules({ rates, pricesIncludeTax: false }))(sale([line(10_001)]));
  expect(total.tax.amountMinor).toBe(2000);
  expect(total.taxLines.map(({ name, amount }) => [name, amount.amountMinor])).toEqual([
    ['VAT', 1500],
    ['NHIL', 250],
    ['GETFund', 250],
  ]);
});

test('shipping is taxed like its goods, in proportion to their amounts', () => {
  const goods = [line(30_00), line(10_00, { category: 'reduced' })];
  const { shipping } = taxByRates(rules())(sale(goods, 500));
  // 3.75 with 19 % tax contain 0.60 of tax. 1.25 with 7 % tax contain 0.08.
  expect(shipping.taxLines.map(({ amount }) => amount.amountMinor)).toEqual([60, 8]);
  expect([shipping.net, shipping.tax, shipping.gross].map(({ amountMinor }) => amountMinor)).toEqual([432, 68, 500]);
});

test('under reverse charge the buyer pays the net price, whether prices include the tax or not', () => {
  const reverse = (pricesIncludeTax: boolean) =>
    taxByRates(rules({ pricesIncludeTax, isReverseCharge: true }))(sale([line(119_00)])).total;
  expect(reverse(true)).toMatchObject({ net: { amountMinor: 100_00 }, tax: { amountMinor: 0 } });
  expect(reverse(false).gross.amountMinor).toBe(119_00);
  expect(reverse(true).taxLines).toMatchObject([{ treatment: 'REVERSE_CHARGE', millionths: 0, name: 'VAT' }]);
});

test('a line with a net price costs as much as the line with the same gross price, at every rounding', () => {
  for (const rounding of TAX_ROUNDINGS) {
    const lines = [line(119_00, { includesTax: true }), line(100_00, { includesTax: false }), line(119_00)];
    const taxed = taxByRates(rules({ rounding }))(sale(lines, 500)).lines;
    expect(taxed.map(({ gross, tax }) => [gross.amountMinor, tax.amountMinor])).toEqual(
      lines.map(() => [119_00, 19_00]),
    );
  }
});

test('a destination outside of every zone is not taxed', () => {
  const { total } = taxByRates(null)(sale([line(100_00)], 500));
  expect([total.net, total.tax, total.taxLines]).toEqual([money(105_00, 'EUR'), money(0, 'EUR'), []]);
});

type Generated<Values> = Values extends fc.Arbitrary<infer Value> ? Value : never;

const taxable = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLP'),
  lines: fc.array(
    fc.record({
      amountMinor: fc.nat(10_000_000),
      quantity: fc.integer({ min: 1, max: 10_000 }),
      category: fc.constantFrom(null, 'standard', 'reduced', 'zero', 'exempt', 'unknown'),
      includesTax: fc.option(fc.boolean()),
    }),
    { maxLength: 20 },
  ),
  shippingMinor: fc.nat(100_000),
});
const anyRules = fc.record({
  pricesIncludeTax: fc.boolean(),
  rounding: fc.constantFrom(...TAX_ROUNDINGS),
  isReverseCharge: fc.boolean(),
  standard: fc.integer({ min: 0, max: 1_000_000 }),
  levy: fc.integer({ min: 0, max: 200_000 }),
  reduced: fc.integer({ min: 0, max: 1_000_000 }),
});

function anySale({ currency, lines, shippingMinor }: Generated<typeof taxable>): TaxableSale {
  return {
    currency,
    lines: lines.map(({ amountMinor, ...each }) => ({ ...each, amount: money(amountMinor, currency) })),
    shipping: money(shippingMinor, currency),
  };
}

function rulesOf({ standard, levy, reduced, ...each }: Generated<typeof anyRules>): TaxRules {
  const rates = [
    { ...rate('standard', 0), millionths: standard },
    { ...rate('standard', 0, 'Levy'), millionths: levy },
    { ...rate('reduced', 0), millionths: reduced },
  ];
  return rules({ ...each, rates });
}

test('net and tax are the gross amount, tax lines are the tax, and the parts are the total', () => {
  fc.assert(
    fc.property(taxable, anyRules, (values, settings) => {
      const goods = anySale(values);
      const { lines, shipping, total } = taxByRates(rulesOf(settings))(goods);
      const parts = [...lines, shipping];
      const { currency } = goods;
      const column = (name: 'net' | 'tax' | 'gross') =>
        sum(
          parts.map((part) => part[name]),
          currency,
        );
      for (const part of [...parts, total]) {
        expect(add(part.net, part.tax)).toEqual(part.gross);
        expect(taxOfLines(part, currency)).toEqual(part.tax);
        expect(Math.min(part.net.amountMinor, part.tax.amountMinor)).toBeGreaterThanOrEqual(0);
      }
      expect([column('net'), column('tax'), column('gross')]).toEqual([total.net, total.tax, total.gross]);
    }),
  );
});

test('prices that include the tax are what the buyer pays, net prices are what the seller gets', () => {
  fc.assert(
    fc.property(taxable, anyRules, (values, settings) => {
      const goods = anySale(values);
      const { lines, shipping } = taxByRates(rulesOf({ ...settings, isReverseCharge: false }))(goods);
      const kept = (includesTax = settings.pricesIncludeTax) => (includesTax ? ('gross' as const) : ('net' as const));
      const keptOf = goods.lines.map(({ includesTax }) => kept(includesTax ?? undefined));
      expect(lines.map((each, index) => each[keptOf[index] ?? 'net'])).toEqual(goods.lines.map(({ amount }) => amount));
      expect(shipping[kept()]).toEqual(goods.shipping);
    }),
  );
});

test('the rounding of totals is off by less than one minor unit for each set of rates', () => {
  fc.assert(
    fc.property(taxable, fc.boolean(), (values, pricesIncludeTax) => {
      const standardOnly = {
        ...values,
        lines: values.lines.map((each) => ({ ...each, category: null, includesTax: null })),
      };
      const goods = anySale(standardOnly);
      const { total } = taxByRates(rules({ pricesIncludeTax, rounding: 'TOTAL' }))(goods);
      const whole = sum([...goods.lines.map(({ amount }) => amount), goods.shipping], goods.currency).amountMinor;
      const exact = pricesIncludeTax ? (whole * 19) / 119 : whole * 0.19;
      expect(Math.abs(total.tax.amountMinor - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

function taxOfLines({ taxLines }: TaxedAmount, currency: string): Money {
  return sum(
    taxLines.map(({ amount }) => amount),
    currency,
  );
}
