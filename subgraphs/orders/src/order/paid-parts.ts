import { add, money, subtract, sum, type Money } from '@souk/kit/domain';
import { taxedPart } from '../tax/taxed-parts.ts';
import { mergeTaxLines } from '../tax/tax-terms.ts';
import type { TaxedAmount, TaxLine } from '../tax/tax.ts';
import type { AgreedTaxes } from './order-agreement.ts';

/** The amounts of an order line, as the buyer pays them. */
export interface PaidLine {
  readonly quantity: number;
  readonly gross: Money;
  readonly tax: Money;
  readonly taxBasisPoints: number;
  /** Null for imported orders, and for orders that were placed before tax rates were recorded. */
  readonly taxLines: readonly TaxLine[] | null;
}

/** The amounts of an order, as the buyer pays them. */
export interface PaidOrder {
  /** The price of the shipping, including its tax. */
  readonly shipping: Money;
  /** The tax of goods and shipping. */
  readonly tax: Money;
  /** Null for imported orders, and for orders that were placed before tax rates were recorded. */
  readonly taxes: AgreedTaxes | null;
  readonly lines: readonly PaidLine[];
}

/** The recorded taxes of a line. Without recorded rates, the result is one tax line with the rate of the order line. */
export function taxLinesOf({ taxLines, tax, gross, taxBasisPoints }: PaidLine): readonly TaxLine[] {
  if (taxLines !== null) return taxLines;
  return taxBasisPoints === 0 && tax.amountMinor === 0 ? [] : [rateOf(taxBasisPoints, subtract(gross, tax), tax)];
}

function rateOf(taxBasisPoints: number, base: Money, amount: Money): TaxLine {
  const millionths = taxBasisPoints * 100;
  return { name: '', millionths, category: 'standard', zone: '', treatment: 'TAXED', base, amount };
}

/** The shipping, with one part for each tax category. Free shipping has no part. */
export function shippingParts(order: PaidOrder): TaxedAmount[] {
  const parts = order.taxes === null ? [unrecorded(order)] : recorded(order, order.taxes);
  return parts.filter(({ gross }) => gross.amountMinor !== 0);
}

function unrecorded({ shipping, tax, lines }: PaidOrder) {
  const rest = subtract(
    tax,
    sum(
      lines.map((line) => line.tax),
      tax.currency,
    ),
  );
  const [rate = 0] = lines.map(({ taxBasisPoints }) => taxBasisPoints).filter((points) => points > 0);
  return taxedPart(shipping, rate > 0 ? [rateOf(rate, shipping, rest)] : []);
}

/** The shipping split by tax category. Its taxes are the order's taxes minus the taxes of the goods. The rest of the price is not taxed. */
function recorded({ lines, shipping }: PaidOrder, taxes: AgreedTaxes) {
  const goods = lines.flatMap(({ taxLines }) => taxLines ?? []);
  const negative = goods.map((line) => ({ ...line, base: negated(line.base), amount: negated(line.amount) }));
  const rest = mergeTaxLines([...taxes.lines, ...negative]).filter(
    ({ base, amount }) => base.amountMinor !== 0 || amount.amountMinor !== 0,
  );
  const groups = Map.groupBy(rest, ({ category, zone, treatment }) => JSON.stringify([category, zone, treatment]));
  const taxed = [...groups.values()].flatMap((rates) => {
    const [first] = rates;
    return first ? [taxedPart(add(first.base, ...rates.map(({ amount }) => amount)), rates)] : [];
  });
  const untaxed = subtract(
    shipping,
    sum(
      taxed.map(({ gross }) => gross),
      shipping.currency,
    ),
  );
  return [...taxed, taxedPart(untaxed, [])];
}

function negated({ amountMinor, currency }: Money): Money {
  return money(0 - amountMinor, currency);
}
