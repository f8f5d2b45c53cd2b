import { expect, test } from '@jest/globals';
import { money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import fc from 'fast-check';
import { newlyGivenBack, refundOfOrder, releaseOf, type TaxedReturn } from '../order/order-refund.ts';
import { shareOfUnits } from '../order/given-back.ts';
import { mergeTaxLines } from '../tax/tax-terms.ts';
import type { TaxLine } from '../tax/tax.ts';
import { SELLER } from '../testing/invoices.ts';
import { orderOf, sales } from '../testing/sales.ts';
import { nextCredit } from './credit-note.ts';
import { invoiceOf, type BilledOrder } from './issue-invoice.ts';
import { totalsOf, type Invoice } from './invoice.ts';

/** Units that are canceled or returned for a share of their price, or money that staff refund. */
const steps = fc.array(
  fc.oneof(
    fc.record({ line: fc.nat(5), units: fc.integer({ min: 1, max: 4 }), percent: fc.constantFrom(100, 100, 90, 0) }),
    fc.record({ minor: fc.nat(50_000) }),
  ),
  { maxLength: 8 },
);

/** The tax of each rate, without rates that have none. */
function taxesOf(lines: readonly TaxLine[]) {
  return mergeTaxLines(lines)
    .filter(({ base, amount }) => base.amountMinor !== 0 || amount.amountMinor !== 0)
    .map(({ name, category, base, amount }) => `${name} ${category}: ${amount.amountMinor} of ${base.amountMinor}`)
    .toSorted();
}
const linesOf = (refunds: readonly TaxedReturn[]) =>
  refunds.flatMap(({ parts }) => parts.flatMap(({ taxLines }) => taxLines));
const grossOf = (refunds: readonly TaxedReturn[], currency: string) =>
  sum(
    refunds.flatMap(({ parts }) => parts.map(({ gross }) => gross)),
    currency,
  );
const orderedLines = ({ lines }: BilledOrder) =>
  lines.map((line) => ({
    ...line,
    total: line.gross,
    canceledQuantity: line.givenBack,
    returnedQuantity: 0,
    allocations: [],
  }));

function giveBack(order: BilledOrder, index: number, units: number): { order: BilledOrder; price: Money } {
  const line = order.lines[index % order.lines.length];
  if (!line) return { order, price: zero(order.currency) };
  const back = Math.min(units, line.quantity - line.givenBack);
  const price = shareOfUnits(
    { ...line, total: line.gross, canceledQuantity: line.givenBack, returnedQuantity: 0 },
    back,
  );
  const lines = order.lines.map((each) => (each === line ? { ...each, givenBack: each.givenBack + back } : each));
  return { order: { ...order, lines }, price };
}

test('refunds in any portions add up to the tax lines of the order, and agree with the credit notes', () => {
  fc.assert(
    fc.property(sales, steps, (sale, changes) => {
      const { order: placed, total } = orderOf(sale);
      const { currency } = placed;
      const invoice = issued(placed, 'INVOICE', invoiceOf(placed, SELLER).lines);
      const refunds: TaxedReturn[] = [];
      const credits: Invoice[] = [];
      let order = placed;
      let refunded = zero(currency);
      const refund = (wanted: number) => {
        const amount = money(Math.min(wanted, total.amountMinor - refunded.amountMinor), currency);
        if (amount.amountMinor <= 0) return;
        refunded = money(refunded.amountMinor + amount.amountMinor, currency);
        const units = newlyGivenBack({ lines: orderedLines(order) }, refunds);
        refunds.push(refundOfOrder(order, refunds, units, amount));
        expect(grossOf(refunds, currency)).toEqual(refunded);
        const lines = nextCredit(invoice, credits, {
          ...order,
          isCanceled: false,
          payment: { captured: total, refunded },
        });
        credits.push(issued(placed, 'CREDIT_NOTE', lines));
        const credited = credits.flatMap(({ document }) => document.lines);
        expect(taxesOf(linesOf(refunds))).toEqual(taxesOf(totalsOf({ lines: credited, currency }).taxLines));
      };
      for (const change of changes) {
        if ('minor' in change) refund(change.minor);
        else {
          const back = giveBack(order, change.line, change.units);
          order = back.order;
          refund(Math.floor((back.price.amountMinor * change.percent) / 100));
        }
      }
      refund(total.amountMinor);
      expect(taxesOf(linesOf(refunds))).toEqual(total.amountMinor === 0 ? [] : taxesOf(placed.taxes?.lines ?? []));
    }),
  );
});

test('units that were canceled before the capture have no tax in a refund: released and refunded taxes add up to the order', () => {
  fc.assert(
    fc.property(sales, fc.nat(5), fc.integer({ min: 1, max: 12 }), (sale, line, units) => {
      const { order: placed, total } = orderOf(sale);
      const { order, price } = giveBack(placed, line, units);
      const release = releaseOf(order, newlyGivenBack({ lines: orderedLines(order) }, []));
      const rest = subtract(total, price);
      expect(grossOf([release], placed.currency)).toEqual(price);
      const refunds = rest.amountMinor > 0 ? [release, refundOfOrder(order, [release], [], rest)] : [release];
      expect(grossOf(refunds, placed.currency)).toEqual(total);
      if (rest.amountMinor > 0) expect(taxesOf(linesOf(refunds))).toEqual(taxesOf(placed.taxes?.lines ?? []));
    }),
  );
});

function issued(order: BilledOrder, type: Invoice['type'], lines: Invoice['document']['lines']): Invoice {
  const base = {
    id: type,
    number: type,
    orderId: 'order',
    invoiceId: null,
    issuedAt: new Date('2026-05-02T10:00:00Z'),
  };
  return { ...base, type, document: { ...invoiceOf(order, SELLER), lines } };
}
