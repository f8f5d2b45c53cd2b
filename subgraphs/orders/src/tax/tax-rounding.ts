import { allocate, divideHalfUp, money, sum, type Money } from '@souk/kit/domain';
import { wholeRate, type TaxTerms } from './tax-terms.ts';
import type { TaxRounding } from './tax.ts';

/** A part of a sale to which one set of rates applies. */
export interface Portion {
  readonly amount: Money;
  readonly quantity: number;
  readonly isTaxIncluded: boolean;
  readonly terms: TaxTerms;
}

const WHOLE = 1_000_000n;

/** The tax of each portion, rounded half up per unit, per line or per total, as `rounding` requires. */
export function taxAmounts(portions: readonly Portion[], rounding: TaxRounding): Money[] {
  if (rounding === 'TOTAL') return taxesOfTotals(portions);
  return portions.map(({ amount, quantity, terms, isTaxIncluded }) => {
    const units = rounding === 'UNIT' ? quantity : 1;
    return taxOf(amount, wholeRate(terms), isTaxIncluded, units);
  });
}

/**
 * The tax of an amount, rounded half up. With `units` above 1, the tax of one unit is rounded and then multiplied.
 * @param millionths the rate, for instance 190000 for 19 %
 */
function taxOf(amount: Money, millionths: number, isIncluded: boolean, units: number): Money {
  const rate = BigInt(millionths);
  const count = BigInt(units);
  const whole = isIncluded ? WHOLE + rate : WHOLE;
  const tax = divideHalfUp(BigInt(amount.amountMinor) * rate, whole * count) * count;
  return money(tax, amount.currency);
}

/**
 * Computes the tax once for each set of rates, separately for amounts with and without tax, and splits it over the
 * portions.
 */
function taxesOfTotals(portions: readonly Portion[]): Money[] {
  const taxes = new Map<Portion, Money>();
  for (const group of Map.groupBy(portions, ({ terms, isTaxIncluded }) => `${isTaxIncluded} ${terms.key}`).values()) {
    const [first] = group;
    if (!first) continue;
    const amounts = group.map(({ amount }) => amount);
    const whole = sum(amounts, first.amount.currency);
    const parts = allocate(
      taxOf(whole, wholeRate(first.terms), first.isTaxIncluded, 1),
      amounts.map(({ amountMinor }) => amountMinor),
    );
    group.forEach((portion, index) => taxes.set(portion, parts[index] ?? money(0, portion.amount.currency)));
  }
  return portions.map((portion) => taxes.get(portion) ?? money(0, portion.amount.currency));
}
