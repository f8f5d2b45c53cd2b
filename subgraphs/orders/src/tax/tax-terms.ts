import { add, allocate, type Money } from '@souk/kit/domain';
import type { TaxRules } from './tax-calculation.ts';
import { BUILT_IN_CATEGORIES, STANDARD_CATEGORY, type TaxLine, type TaxRate, type TaxTreatment } from './tax.ts';

/** The tax rates that apply to a category at a destination. */
export interface TaxTerms {
  /** Terms with the same rates have the same key. */
  readonly key: string;
  readonly category: string;
  readonly zone: string;
  /** Empty when the zone has no rate for the category. */
  readonly rates: readonly Pick<TaxRate, 'name' | 'millionths'>[];
  readonly treatment: TaxTreatment;
  readonly isReverseCharge: boolean;
}

const BUILT_IN = new Map(BUILT_IN_CATEGORIES.map(({ code, treatment }) => [code, treatment]));

/** The terms of a category. When the zone has no rate for the category, the rates of the standard category apply. */
export function termsOf({ zone, rates, treatments, isReverseCharge }: TaxRules, code: string | null): TaxTerms {
  const named = code ?? STANDARD_CATEGORY;
  const treatment = BUILT_IN.get(named) ?? treatments.get(named) ?? 'TAXED';
  if (treatment !== 'TAXED') {
    const none = [{ name: '', millionths: 0 }];
    return { key: named, category: named, zone, rates: none, treatment, isReverseCharge: false };
  }
  const own = rates.filter(({ category }) => category === named);
  const category = own.length > 0 ? named : STANDARD_CATEGORY;
  const due = own.length > 0 ? own : rates.filter((rate) => rate.category === STANDARD_CATEGORY);
  const reason = isReverseCharge ? 'REVERSE_CHARGE' : 'TAXED';
  return { key: category, category, zone, rates: due, treatment: reason, isReverseCharge };
}

/** The sum of the rates in millionths. */
export function wholeRate({ rates }: TaxTerms): number {
  return rates.reduce((whole, { millionths }) => whole + millionths, 0);
}

/** Splits a tax over its rates by the largest remainder method. */
export function taxLinesOf({ rates, category, zone, treatment }: TaxTerms, base: Money, tax: Money): TaxLine[] {
  const parts = allocate(
    tax,
    rates.map(({ millionths }) => millionths),
  );
  return rates.flatMap(({ name, millionths }, index) => {
    const amount = parts[index];
    const rate = treatment === 'REVERSE_CHARGE' ? 0 : millionths;
    return amount ? [{ name, millionths: rate, category, zone, treatment, base, amount }] : [];
  });
}

/** Adds up the tax lines with the same rate. The result is in the order in which the rates first appear. */
export function mergeTaxLines(lines: readonly TaxLine[]): TaxLine[] {
  const merged = new Map<string, TaxLine>();
  for (const line of lines) {
    const key = JSON.stringify([line.name, line.millionths, line.category, line.zone, line.treatment]);
    const known = merged.get(key);
    const both = known && { ...known, base: add(known.base, line.base), amount: add(known.amount, line.amount) };
    merged.set(key, both ?? line);
  }
  return [...merged.values()];
}
