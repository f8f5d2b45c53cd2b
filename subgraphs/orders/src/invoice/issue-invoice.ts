import { money, subtract, type CurrencyCode, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import type { VariantOption } from '../cart/cart.ts';
import { shippingParts, taxLinesOf, type PaidLine, type PaidOrder } from '../order/paid-parts.ts';
import { shareBetween } from '../tax/taxed-parts.ts';
import { totalsOf, type InvoiceDocument, type InvoiceLine, type InvoiceSeller } from './invoice.ts';

/** The fields of an order line that are printed on invoices. */
export interface BilledLine extends PaidLine {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  /** The number of canceled and returned units. */
  readonly givenBack: number;
  readonly unitPrice: string;
}

/** The fields of an order that are printed on invoices. */
export interface BilledOrder extends PaidOrder {
  readonly number: string;
  readonly placedAt: Date;
  readonly locale: string;
  readonly currency: CurrencyCode;
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethodName: string;
  /** The buyer's number of the order. */
  readonly purchaseOrderNumber: string | null;
  readonly lines: readonly BilledLine[];
}

/** The content of an order's invoice: the units that are neither canceled nor returned, and the shipping. */
export function invoiceOf(order: BilledOrder, seller: InvoiceSeller): InvoiceDocument {
  const goods = order.lines.flatMap((line) =>
    line.givenBack < line.quantity ? [goodsLine(line, line.givenBack, line.quantity)] : [],
  );
  return {
    seller,
    buyer: {
      email: order.email,
      address: order.billingAddress ?? order.shippingAddress,
      vatId: order.taxes?.taxId ?? null,
    },
    order: {
      number: order.number,
      placedAt: order.placedAt.toISOString(),
      purchaseOrderNumber: order.purchaseOrderNumber,
    },
    delivery: order.shippingAddress,
    credits: null,
    locale: order.locale,
    currency: order.currency,
    lines: [...goods, ...shippingLines(order)],
  };
}

/** The money of an order's payment. */
export interface PaymentSums {
  readonly captured: Money;
  readonly refunded: Money;
}

/** Adds the part of an invoice's total that the buyer has paid. Without a payment, the document stays as it is. */
export function withPaid(document: InvoiceDocument, payment: PaymentSums | null): InvoiceDocument {
  if (!payment) return document;
  const { gross } = totalsOf(document);
  const held = subtract(payment.captured, payment.refunded).amountMinor;
  return held > 0 ? { ...document, paid: money(Math.min(held, gross.amountMinor), gross.currency) } : document;
}

/** The invoice line for the units `from + 1` to `to` of an order line. */
export function goodsLine(line: BilledLine, from: number, to: number): InvoiceLine {
  return {
    kind: 'GOODS',
    orderLineId: line.id,
    sku: line.sku,
    name: line.name,
    options: line.options.map(({ name, value }) => `${name}: ${value}`),
    quantity: to - from,
    unitPrice: line.unitPrice,
    ...shareBetween({ quantity: line.quantity, gross: line.gross, taxLines: taxLinesOf(line) }, from, to),
  };
}

/** The shipping, with one line for each tax category. Free shipping has no line. */
function shippingLines(order: BilledOrder): InvoiceLine[] {
  return shippingParts(order).map((part) => ({
    kind: 'SHIPPING',
    orderLineId: null,
    sku: null,
    name: order.shippingMethodName,
    options: [],
    quantity: 1,
    unitPrice: null,
    ...part,
  }));
}
