import type { CurrencyCode } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import type { VariantOption } from '../cart/cart.ts';
import { shippingParts, taxLinesOf, type PaidLine, type PaidOrder } from '../order/paid-parts.ts';
import { shareBetween } from '../tax/taxed-parts.ts';
import type { InvoiceDocument, InvoiceLine, InvoiceSeller } from './invoice.ts';

/** An order line as invoices need it. */
export interface BilledLine extends PaidLine {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  /** Units that were canceled or came back. */
  readonly givenBack: number;
  readonly unitPrice: string;
}

/** An order as invoices need it. */
export interface BilledOrder extends PaidOrder {
  readonly number: string;
  readonly placedAt: Date;
  readonly locale: string;
  readonly currency: CurrencyCode;
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethodName: string;
  readonly lines: readonly BilledLine[];
}

/** The invoice of an order: the units that the buyer keeps or still gets, and the shipping. */
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
    order: { number: order.number, placedAt: order.placedAt.toISOString() },
    credits: null,
    locale: order.locale,
    currency: order.currency,
    lines: [...goods, ...shippingLines(order)],
  };
}

/** The line of the units after the first `from` and up to `to` of an order line. */
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

/** The shipping, one line for each tax category. Free shipping has no line. */
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
