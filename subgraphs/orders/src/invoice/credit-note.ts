import { money, subtract, type Money } from '@souk/kit/domain';
import type { TaxedAmount } from '../tax/tax.ts';
import { differencesOf, grossOf } from '../tax/taxed-parts.ts';
import { goodsLine, type BilledLine } from './issue-invoice.ts';
import type { Invoice, InvoiceDocument, InvoiceLine, InvoiceSeller } from './invoice.ts';

/** The fields of an order from which its credit notes are computed. */
export interface CreditableOrder {
  readonly currency: string;
  readonly lines: readonly BilledLine[];
  readonly isCanceled: boolean;
  /** Null when the order has no payment. */
  readonly payment: { readonly captured: Money; readonly refunded: Money } | null;
}

/**
 * The lines of the next credit note. The lines cover the units that were canceled or returned since the last invoice or credit note, and
 * the difference between the price of these units and the refunded money. Empty when there is nothing to credit. The credit notes of an
 * invoice never exceed the invoice in total.
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
  const amount = money(Math.min(owed.amountMinor, left.amountMinor), currency);
  if (amount.amountMinor <= 0) return [];
  const differences = differencesOf({ sold: invoice.document.lines, earlier: credited, units, amount });
  return [...units, ...differences.map(adjustmentLine)];
}

/**
 * The content of a credit note. When the invoice was paid in full, the credited amount counts as refunded: a credit note is issued after the
 * refund.
 */
export function creditOf(
  invoice: Invoice,
  lines: readonly InvoiceLine[],
  seller: InvoiceSeller,
  { payment, currency }: CreditableOrder,
): InvoiceDocument {
  const { paid: _, ...billed } = invoice.document;
  const credits = { number: invoice.number, issuedAt: invoice.issuedAt.toISOString() };
  const credit = { ...billed, seller, credits, lines };
  const isPaid = payment && payment.captured.amountMinor >= grossOf(billed.lines, currency).amountMinor;
  return isPaid ? { ...credit, paid: grossOf(lines, currency) } : credit;
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

function adjustmentLine(amounts: TaxedAmount): InvoiceLine {
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
