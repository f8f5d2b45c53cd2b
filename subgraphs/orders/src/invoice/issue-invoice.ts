import { add, money, subtract, sum, type CurrencyCode, type Money } from '@souk/kit/domain';
import type { Address } from '@souk/kit/postal';
import type { VariantOption } from '../cart/cart.ts';
import type { AgreedTaxes } from '../order/order-agreement.ts';
import { mergeTaxLines } from '../tax/tax-terms.ts';
import type { TaxLine } from '../tax/tax.ts';
import { taxedLine, type InvoiceDocument, type InvoiceLine, type InvoiceSeller } from './invoice.ts';
import { shareBetween } from './line-share.ts';

/** The fields of an order line that are printed on invoices. */
export interface BilledLine {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly options: readonly VariantOption[];
  readonly quantity: number;
  /** The number of canceled and returned units. */
  readonly givenBack: number;
  readonly unitPrice: string;
  readonly gross: Money;
  readonly tax: Money;
  readonly taxBasisPoints: number;
  /** Null for imported orders, and for orders that were placed before tax rates were recorded. */
  readonly taxLines: readonly TaxLine[] | null;
}

/** The fields of an order that are printed on invoices. */
export interface BilledOrder {
  readonly number: string;
  readonly placedAt: Date;
  readonly locale: string;
  readonly currency: CurrencyCode;
  readonly email: string;
  readonly shippingAddress: Address;
  readonly billingAddress: Address | null;
  readonly shippingMethodName: string;
  /** The price of the shipping, including its tax. */
  readonly shipping: Money;
  /** The tax of goods and shipping. */
  readonly tax: Money;
  /** Null for imported orders, and for orders that were placed before tax rates were recorded. */
  readonly taxes: AgreedTaxes | null;
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
    order: { number: order.number, placedAt: order.placedAt.toISOString() },
    credits: null,
    locale: order.locale,
    currency: order.currency,
    lines: [...goods, ...shippingLines(order)],
  };
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

/** The recorded taxes of a line. Without recorded rates, the result is one tax line with the rate of the order line. */
function taxLinesOf({ taxLines, tax, gross, taxBasisPoints }: BilledLine): readonly TaxLine[] {
  if (taxLines !== null) return taxLines;
  return taxBasisPoints === 0 && tax.amountMinor === 0 ? [] : [rateOf(taxBasisPoints, subtract(gross, tax), tax)];
}

function rateOf(taxBasisPoints: number, base: Money, amount: Money): TaxLine {
  const millionths = taxBasisPoints * 100;
  return { name: '', millionths, category: 'standard', zone: '', treatment: 'TAXED', base, amount };
}

/** The shipping, with one line for each tax category. Free shipping has no line. */
function shippingLines(order: BilledOrder): InvoiceLine[] {
  const parts = order.taxes === null ? [unrecorded(order)] : recorded(order, order.taxes);
  return parts
    .filter(({ gross }) => gross.amountMinor !== 0)
    .map((part) => ({
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

function unrecorded({ shipping, tax, lines }: BilledOrder) {
  const rest = subtract(
    tax,
    sum(
      lines.map((line) => line.tax),
      tax.currency,
    ),
  );
  const [rate = 0] = lines.map(({ taxBasisPoints }) => taxBasisPoints).filter((points) => points > 0);
  return taxedLine(shipping, rate > 0 ? [rateOf(rate, shipping, rest)] : []);
}

/** The shipping split by tax category. Its taxes are the order's taxes minus the taxes of the goods. The rest of the price is not taxed. */
function recorded({ lines, shipping }: BilledOrder, taxes: AgreedTaxes) {
  const goods = lines.flatMap(({ taxLines }) => taxLines ?? []);
  const negative = goods.map((line) => ({ ...line, base: negated(line.base), amount: negated(line.amount) }));
  const rest = mergeTaxLines([...taxes.lines, ...negative]).filter(
    ({ base, amount }) => base.amountMinor !== 0 || amount.amountMinor !== 0,
  );
  const groups = Map.groupBy(rest, ({ category, zone, treatment }) => JSON.stringify([category, zone, treatment]));
  const taxed = [...groups.values()].flatMap((rates) => {
    const [first] = rates;
    return first ? [taxedLine(add(first.base, ...rates.map(({ amount }) => amount)), rates)] : [];
  });
  const untaxed = subtract(
    shipping,
    sum(
      taxed.map(({ gross }) => gross),
      shipping.currency,
    ),
  );
  return [...taxed, taxedLine(untaxed, [])];
}

function negated({ amountMinor, currency }: Money): Money {
  return money(0 - amountMinor, currency);
}
