import { describe, expect, test } from '@jest/globals';
import { add, money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { shareOfUnits } from '../order/given-back.ts';
import { SELLER } from '../testing/invoices.ts';
import { orderOf, sales } from '../testing/sales.ts';
import { nextCredit, type CreditableOrder } from './credit-note.ts';
import { invoiceOf, type BilledOrder } from './issue-invoice.ts';
import { numberOf, PREFIX_PATTERN, seriesOf } from './invoice-number.ts';
import { totalsOf, type Invoice, type InvoiceLine } from './invoice.ts';

function issued(order: BilledOrder): Invoice {
  const document = invoiceOf(order, SELLER);
  const base = { orderId: 'order', invoiceId: null, issuedAt: new Date('2026-05-02T10:00:00Z') };
  return { ...base, id: 'invoice', type: 'INVOICE', number: 'INV-00001', document };
}

const creditOf = (invoice: Invoice, lines: readonly InvoiceLine[]): Invoice => ({
  ...invoice,
  type: 'CREDIT_NOTE',
  invoiceId: invoice.id,
  document: { ...invoice.document, lines },
});

/** Expects that net + tax = gross in every line and in the totals. */
function expectSums(lines: readonly InvoiceLine[], currency: string): void {
  for (const line of lines) {
    expect(add(line.net, line.tax)).toEqual(line.gross);
    expect(
      sum(
        line.taxLines.map(({ amount }) => amount),
        currency,
      ),
    ).toEqual(line.tax);
    for (const { base } of line.taxLines) expect(base).toEqual(line.net);
  }
  const totals = totalsOf({ lines, currency });
  expect(add(totals.net, totals.tax)).toEqual(totals.gross);
}

describe('an invoice', () => {
  test('has the totals of its order, and its taxes by rate, in every currency', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const { order, total } = orderOf(sale);
        const { lines, currency } = issued(order).document;
        expectSums(lines, currency);
        const totals = totalsOf({ lines, currency });
        expect(totals.gross).toEqual(total);
        expect(totals.tax).toEqual(order.tax);
        const byRate = (taxes: readonly { amount: Money }[]) =>
          taxes
            .map(({ amount }) => amount.amountMinor)
            .filter((minor) => minor !== 0)
            .toSorted((a, b) => a - b);
        expect(byRate(totals.taxLines)).toEqual(byRate(order.taxes?.lines ?? []));
      }),
    );
  });

  test('leaves out the units that were given back before', () => {
    fc.assert(
      fc.property(sales, fc.nat(12), (sale, units) => {
        const { order, total } = orderOf(sale);
        const lines = order.lines.map((line) => ({ ...line, givenBack: Math.min(units, line.quantity) }));
        const back = lines.map((line) =>
          shareOfUnits({ ...line, total: line.gross, canceledQuantity: 0, returnedQuantity: 0 }, line.givenBack),
        );
        const { document } = issued({ ...order, lines });
        expectSums(document.lines, order.currency);
        expect(totalsOf(document).gross).toEqual(subtract(total, sum(back, order.currency)));
      }),
    );
  });

  test('of an order without recorded rates has the tax of the order', () => {
    const tax = money(1900, 'EUR');
    const { order } = orderOf({
      currency: 'EUR',
      shippingMinor: 0,
      discount: null,
      lines: [{ price: 11_900, quantity: 1, taxCategory: null, includesTax: null }],
      rules: { pricesIncludeTax: true, rounding: 'LINE', isReverseCharge: false },
      rates: [190_000, 0, 0],
    });
    const lines = order.lines.map((line) => ({ ...line, taxLines: null, tax, taxBasisPoints: 1900 }));
    const shipping = money(595, 'EUR');
    const { document } = issued({ ...order, lines, shipping, tax: money(1995, 'EUR'), taxes: null });
    expect(document.lines.map(({ kind, net, tax: part }) => [kind, net.amountMinor, part.amountMinor])).toEqual([
      ['GOODS', 10_000, 1900],
      ['SHIPPING', 500, 95],
    ]);
    expect(totalsOf(document).taxLines).toMatchObject([{ millionths: 190_000, base: money(10_500, 'EUR') }]);
  });
});

/** Steps after the invoice: units are returned with a refund of a part of their price, staff refund money, or the order is canceled. */
const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('return' as const),
      line: fc.nat(5),
      units: fc.integer({ min: 1, max: 4 }),
      percent: fc.integer({ min: 0, max: 130 }),
    }),
    fc.record({ kind: fc.constant('refund' as const), minor: fc.nat(50_000) }),
    fc.record({ kind: fc.constant('cancel' as const) }),
  ),
  { maxLength: 8 },
);

describe('credit notes', () => {
  test('credit the refunded money, never exceed the invoice, and a canceled order is credited in full', () => {
    fc.assert(
      fc.property(sales, steps, (sale, changes) => {
        const { order, total } = orderOf(sale);
        const { currency } = order;
        const invoice = issued(order);
        const credits: Invoice[] = [];
        let state: CreditableOrder = {
          ...order,
          isCanceled: false,
          payment: { captured: total, refunded: zero(currency) },
        };
        for (const change of changes) {
          state = changed(state, change, total);
          const lines = nextCredit(invoice, credits, state);
          if (lines.length === 0) continue;
          expectSums(lines, currency);
          expect(totalsOf({ lines, currency }).gross.amountMinor).toBeGreaterThan(0);
          credits.push(creditOf(invoice, lines));
          expect(nextCredit(invoice, credits, state)).toEqual([]);
        }
        const all = credits.flatMap(({ document }) => document.lines);
        const credited = totalsOf({ lines: all, currency });
        expect(credited.gross.amountMinor).toBe(
          state.isCanceled ? total.amountMinor : state.payment?.refunded.amountMinor,
        );
        if (state.isCanceled) expect(credited.tax.amountMinor).toBe(order.tax.amountMinor);
      }),
    );
  });

  test('for all units, one by one, add up to the lines of the invoice, rate by rate', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const { order } = orderOf(sale);
        const { currency } = order;
        const invoice = issued(order);
        const credits: Invoice[] = [];
        let lines = order.lines;
        for (const [index, { quantity }] of order.lines.entries())
          for (let units = 1; units <= quantity; units++) {
            lines = lines.with(index, { ...(lines[index] as (typeof lines)[number]), givenBack: units });
            const next = nextCredit(invoice, credits, { currency, lines, isCanceled: false, payment: null });
            if (next.length > 0) credits.push(creditOf(invoice, next));
          }
        const goods = invoice.document.lines.filter(({ kind, gross }) => kind === 'GOODS' && gross.amountMinor > 0);
        const amounts = (all: readonly InvoiceLine[]) => {
          const { net, tax, gross } = totalsOf({ lines: all, currency });
          return [net, tax, gross];
        };
        expect(amounts(credits.flatMap(({ document }) => document.lines))).toEqual(amounts(goods));
      }),
    );
  });
});

function changed(
  state: CreditableOrder,
  change: (typeof steps extends fc.Arbitrary<infer V> ? V : never)[number],
  total: Money,
): CreditableOrder {
  const { currency, lines, payment } = state;
  const refunded = payment?.refunded.amountMinor ?? 0;
  const paid = (minor: number) => ({
    captured: total,
    refunded: money(Math.min(total.amountMinor, refunded + minor), currency),
  });
  switch (change.kind) {
    case 'cancel':
      return { ...state, isCanceled: true, payment: paid(total.amountMinor) };
    case 'refund':
      return { ...state, payment: paid(change.minor) };
    case 'return': {
      const index = change.line % lines.length;
      const line = lines[index];
      if (!line || state.isCanceled) return state;
      const units = Math.min(change.units, line.quantity - line.givenBack);
      const price = shareOfUnits(
        { ...line, total: line.gross, canceledQuantity: line.givenBack, returnedQuantity: 0 },
        units,
      );
      const refund = Math.floor((price.amountMinor * change.percent) / 100);
      return {
        ...state,
        lines: lines.with(index, { ...line, givenBack: line.givenBack + units }),
        payment: paid(refund),
      };
    }
  }
}

describe('a number', () => {
  test('counts within the series of its prefix and year', () => {
    const issuedAt = new Date('2026-12-31T23:59:59Z');
    expect(numberOf(seriesOf('INV-{year}-', issuedAt), 42)).toBe('INV-2026-00042');
    expect(numberOf('CN-', 123_456)).toBe('CN-123456');
  });

  test.each(['INV-', 'R/', '{year}-', 'inv.'])('may begin with %s', (prefix) => {
    expect(prefix).toMatch(PREFIX_PATTERN);
  });

  test.each(['', 'INV-1', '{year}', 'INV {year}-', 'x'.repeat(21), '{month}-'])('may not begin with "%s"', (prefix) => {
    expect(prefix).not.toMatch(PREFIX_PATTERN);
  });
});
