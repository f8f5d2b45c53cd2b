import { add, allocate, subtract, sum, zero, type Money } from '@souk/kit/domain';
import { taxAmounts, type Portion } from './tax-rounding.ts';
import { mergeTaxLines, taxLinesOf, termsOf } from './tax-terms.ts';
import type { CategoryTreatment, TaxedAmount, TaxedMoney, TaxLine, TaxRate, TaxSettings } from './tax.ts';

/** Units of one variant whose tax is computed. */
export interface TaxableLine {
  /** The price of all units after discounts. */
  readonly amount: Money;
  readonly quantity: number;
  /** The code of the tax category. Null for the standard category. */
  readonly category: string | null;
  /** Whether `amount` includes the tax. When null, the tenant's setting applies. @default null */
  readonly includesTax?: boolean | null;
}

/** A sale whose tax is computed. All amounts are in one currency. */
export interface TaxableSale {
  readonly currency: string;
  readonly lines: readonly TaxableLine[];
  /** The price of the shipping. It includes the tax when the tenant's prices do. */
  readonly shipping: Money;
}

/** A sale with its taxes. The gross amounts of lines and shipping add up to the amount to pay. */
export interface TaxedSale {
  /** In the order of the sale's lines. */
  readonly lines: readonly TaxedAmount[];
  readonly shipping: TaxedAmount;
  /** The sum of lines and shipping. */
  readonly total: TaxedAmount;
}

/**
 * The port of tax calculation: computes the taxes of a sale, without I/O. `taxByRates` is the default. An adapter for an external tax
 * service must fetch its taxes before the cart is priced.
 */
export type TaxCalculation = (sale: TaxableSale) => TaxedSale;

/** The tax rates and settings for one destination. */
export interface TaxRules extends Pick<TaxSettings, 'pricesIncludeTax' | 'rounding'> {
  /** The name of the tax zone. */
  readonly zone: string;
  /** The rates that are in force today. */
  readonly rates: readonly TaxRate[];
  /** The treatment of the tenant's own categories, except categories that are TAXED. */
  readonly treatments: ReadonlyMap<string, CategoryTreatment>;
  /** Whether the buyer pays the tax to the authority (reverse charge). */
  readonly isReverseCharge: boolean;
}

/** The default tax calculation. @param rules null when the destination is not in any tax zone, so no tax applies */
export function taxByRates(rules: TaxRules | null): TaxCalculation {
  return (sale) => (rules ? calculate(sale, rules) : untaxed(sale));
}

function calculate(sale: TaxableSale, rules: TaxRules): TaxedSale {
  const { currency, shipping } = sale;
  const goods = sale.lines.map(({ amount, quantity, category, includesTax }) => ({
    amount,
    quantity,
    isTaxIncluded: includesTax ?? rules.pricesIncludeTax,
    terms: termsOf(rules, category),
  }));
  const portions = [...goods, ...shippingPortions(goods, shipping, rules)];
  const taxes = taxAmounts(portions, rules.rounding);
  const taxed = portions.map((portion, index) => taxedAmount(portion, taxes[index] ?? zero(currency)));
  const lines = taxed.slice(0, goods.length);
  const shippingTaxed = combine(taxed.slice(goods.length), currency);
  return { lines, shipping: shippingTaxed, total: combine(taxed, currency) };
}

/**
 * Splits the shipping price over the tax rates of the goods, in proportion to the goods' amounts. The standard rate applies when the cart
 * has no goods.
 */
function shippingPortions(goods: readonly Portion[], shipping: Money, rules: TaxRules): Portion[] {
  const groups = [...Map.groupBy(goods, ({ terms }) => terms.key).values()];
  const isTaxIncluded = rules.pricesIncludeTax;
  if (groups.length === 0) return [{ amount: shipping, quantity: 1, isTaxIncluded, terms: termsOf(rules, null) }];
  const weights = groups.map(
    (group) =>
      sum(
        group.map(({ amount }) => amount),
        shipping.currency,
      ).amountMinor,
  );
  const parts = allocate(shipping, weights);
  return groups.flatMap(([first], index) => {
    const amount = parts[index];
    return first && amount ? [{ amount, quantity: 1, isTaxIncluded, terms: first.terms }] : [];
  });
}

/** @param tax the tax at the rates of the portion's terms, whether or not its amount includes the tax */
function taxedAmount({ amount, terms, isTaxIncluded }: Portion, tax: Money): TaxedAmount {
  const net = isTaxIncluded ? subtract(amount, tax) : amount;
  const due = terms.isReverseCharge ? zero(amount.currency) : tax;
  return { net, tax: due, gross: add(net, due), taxLines: taxLinesOf(terms, net, due) };
}

function combine(parts: readonly TaxedAmount[], currency: string): TaxedAmount {
  const column = (name: keyof TaxedMoney) =>
    sum(
      parts.map((part) => part[name]),
      currency,
    );
  const taxLines: readonly TaxLine[] = mergeTaxLines(parts.flatMap((part) => part.taxLines));
  return { net: column('net'), tax: column('tax'), gross: column('gross'), taxLines };
}

function untaxed({ currency, lines, shipping }: TaxableSale): TaxedSale {
  const plain = (amount: Money): TaxedAmount => ({ net: amount, tax: zero(currency), gross: amount, taxLines: [] });
  const goods = lines.map(({ amount }) => plain(amount));
  return { lines: goods, shipping: plain(shipping), total: combine([...goods, plain(shipping)], currency) };
}
