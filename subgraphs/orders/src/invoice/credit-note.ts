import { add, allocate, divideHalfUp, money, subtract, zero, type Money } from '@souk/kit/domain';
import type { TaxLine } from '../tax/tax.ts';
import { goodsLine, type BilledLine } from './issue-invoice.ts';
import { taxedLine, totalsOf, type Invoice, type InvoiceDocument, type InvoiceLine } from './invoice.ts';

/** The members of an order from which its credit notes are computed. */
export interface CreditableOrder {
  readonly currency: string;
  readonly lines: readonly BilledLine[];
  readonly isCanceled: boolean;
  /** Null when the order has no payment. */
  readonly payment: { readonly captured: Money; readonly refunded: Money } | null;
}

/**
 * The lines of the next credit note. They cover the units that were canceled or returned since the last invoice or credit note, and the
 * difference between the price of these units and the refunded money. Empty when there is nothing to credit. The credit notes of an invoice
 * never exceed the invoice in total.
 * @param credits the earlier credit notes of the invoice
 */
export function nextCredit(invoice: Invoice, credits: readonly Invoice[], order: CreditableOrder): InvoiceLine[] {
  const { currency } = order;
  const credited = credits.flatMap(({ document }) => document.lines);
  const left = subtract(grossOf(invoice.document.lines, currency), grossOf(credited, currency));
  const goods = givenBackLines(invoice.document, credited, order);
  const units = order.isCanceled ? [...goods, ...shippingLines(invoice.document, credited)] : goods;
  const price = grossOf(units, currency);
  const owed = order.isCanceled ? left : (refundedOf(invoice.document, credited, order) ?? price);
  const amount = Math.min(owed.amountMinor, left.amountMinor);
  if (amount <= 0) return [];
  if (amount === left.amountMinor)
    return [
      ...units,
      ...groupsOf(invoice.document.lines, [...credited, ...units])
        .filter(isSomething)
        .map(wholeGroup),
    ];
  return [...units, ...adjustments(invoice.document, credited, units, money(amount - price.amountMinor, currency))];
}

function grossOf(lines: readonly InvoiceLine[], currency: string): Money {
  return totalsOf({ lines, currency }).gross;
}

function givenBackLines({ lines }: InvoiceDocument, credited: readonly InvoiceLine[], order: CreditableOrder) {
  return lines.flatMap((line): InvoiceLine[] => {
    const ordered = order.lines.find(({ id }) => id === line.orderLineId);
    if (line.kind !== 'GOODS' || !ordered) return [];
    const known = credited.filter(({ kind, orderLineId }) => kind === 'GOODS' && orderLineId === ordered.id);
    const units = known.reduce((all, { quantity }) => all + quantity, 0);
    const from = ordered.quantity - line.quantity + units;
    const to = order.isCanceled ? ordered.quantity : ordered.givenBack;
    return to > from ? [goodsLine(ordered, from, to)] : [];
  });
}

function shippingLines({ lines }: InvoiceDocument, credited: readonly InvoiceLine[]): InvoiceLine[] {
  return credited.some(({ kind }) => kind === 'SHIPPING') ? [] : lines.filter(({ kind }) => kind === 'SHIPPING');
}

/**
 * The refunded money that is not credited yet. Money that was captured beyond the invoice total is ignored, together with its refund. Null
 * while the invoice is not fully paid. In that case only the canceled and returned units determine the credit.
 */
function refundedOf(
  { lines, currency }: InvoiceDocument,
  credited: readonly InvoiceLine[],
  { payment }: CreditableOrder,
) {
  const billed = grossOf(lines, currency).amountMinor;
  if (payment === null || payment.captured.amountMinor < billed) return null;
  const beyond = payment.captured.amountMinor - billed;
  const refunded = Math.max(0, payment.refunded.amountMinor - beyond);
  return money(refunded - grossOf(credited, currency).amountMinor, currency);
}

/**
 * Splits the difference between the refund and the price of the units over the tax rates. A positive difference reduces the rest of the
 * invoice. A negative difference is a part of the units' price that the seller keeps.
 */
function adjustments(
  { lines, currency }: InvoiceDocument,
  credited: readonly InvoiceLine[],
  units: readonly InvoiceLine[],
  difference: Money,
): InvoiceLine[] {
  if (difference.amountMinor === 0) return [];
  const rest = difference.amountMinor > 0 ? groupsOf(lines, [...credited, ...units]) : groupsOf(units, []);
  const isLess = difference.amountMinor < 0;
  const parts = allocate(
    money(Math.abs(difference.amountMinor), currency),
    rest.map(({ gross }) => Math.max(0, gross.amountMinor)),
  );
  return rest.flatMap((group, index): InvoiceLine[] => {
    const part = parts[index] ?? zero(currency);
    if (part.amountMinor === 0) return [];
    const share = money(isLess ? 0 - part.amountMinor : part.amountMinor, currency);
    return [adjustment(group, share)];
  });
}

/** The sums of all lines with the same tax rates. Credited lines are subtracted. */
interface TaxGroup {
  readonly gross: Money;
  readonly taxLines: readonly TaxLine[];
}

function groupsOf(lines: readonly InvoiceLine[], less: readonly InvoiceLine[]): TaxGroup[] {
  const groups = new Map<string, TaxGroup>();
  const count = (line: InvoiceLine, sign: 1 | -1) => {
    const signed = (amount: Money) => money(sign * amount.amountMinor, amount.currency);
    const key = JSON.stringify(
      line.taxLines.map(({ name, millionths, category, zone, treatment }) => [
        name,
        millionths,
        category,
        zone,
        treatment,
      ]),
    );
    const known = groups.get(key);
    const taxLines = line.taxLines.map((tax, index) => {
      const amount = signed(tax.amount);
      const before = known?.taxLines[index]?.amount;
      return { ...tax, amount: before ? add(before, amount) : amount };
    });
    groups.set(key, { gross: known ? add(known.gross, signed(line.gross)) : signed(line.gross), taxLines });
  };
  for (const line of lines) count(line, 1);
  for (const line of less) count(line, -1);
  return [...groups.values()];
}

function isSomething({ gross, taxLines }: TaxGroup): boolean {
  return gross.amountMinor !== 0 || taxLines.some(({ amount }) => amount.amountMinor !== 0);
}

/**
 * A line for everything that is left of a tax group. The last credit note has one such line for each group, so that all credit notes add up
 * to the invoice exactly.
 */
function wholeGroup({ gross, taxLines }: TaxGroup): InvoiceLine {
  return adjustmentLine(taxedLine(gross, taxLines));
}

function adjustment({ gross, taxLines }: TaxGroup, share: Money): InvoiceLine {
  const whole = BigInt(gross.amountMinor);
  const taxes = taxLines.map((line) => {
    const amount = divideHalfUp(BigInt(line.amount.amountMinor) * BigInt(share.amountMinor), whole);
    return { ...line, amount: money(amount, share.currency) };
  });
  return adjustmentLine(taxedLine(share, taxes));
}

function adjustmentLine(amounts: ReturnType<typeof taxedLine>): InvoiceLine {
  return {
    kind: 'ADJUSTMENT',
    orderLineId: null,
    sku: null,
    name: '',
    options: [],
    quantity: 1,
    unitPrice: null,
    ...amounts,
  };
}
