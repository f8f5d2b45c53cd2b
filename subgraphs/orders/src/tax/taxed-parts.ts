import { add, allocate, divideHalfUp, money, subtract, sum, zero, type Money } from '@souk/kit/domain';
import type { TaxedAmount, TaxLine } from './tax.ts';

/** A part of a sale: an amount that contains its taxes, which share one base. */
export interface TaxedPart {
  readonly gross: Money;
  readonly taxLines: readonly TaxLine[];
}

/** Several units with their amounts, as they were ordered. */
export interface TaxedUnits extends TaxedPart {
  readonly quantity: number;
}

/** A part of a sale that is taken back. All amounts have one currency. */
export interface TakenBack {
  readonly sold: readonly TaxedPart[];
  /** The parts that were taken back earlier. */
  readonly earlier: readonly TaxedPart[];
  /** The parts whose units are taken back now. */
  readonly units: readonly TaxedPart[];
  /** The amount that is taken back now, at most the rest of the sale. */
  readonly amount: Money;
}

/** A part with its net amount and its tax. The base of its tax lines is the net amount. */
export function taxedPart(
  gross: Money,
  taxes: readonly (Omit<TaxLine, 'base'> & { readonly base?: Money })[],
): TaxedAmount {
  const tax = sum(
    taxes.map(({ amount }) => amount),
    gross.currency,
  );
  const net = subtract(gross, tax);
  return { net, tax, gross, taxLines: taxes.map((line) => ({ ...line, base: net })) };
}

/**
 * The share of the units from `from + 1` to `to`. The gross amount is rounded down as a running total, as in
 * `shareOfUnits`, and the taxes as running totals over the gross amount. The shares of all units therefore add up to
 * the complete amount.
 */
export function shareBetween({ quantity, gross, taxLines }: TaxedUnits, from: number, to: number): TaxedAmount {
  const { currency } = gross;
  const grossOf = (units: number) => (BigInt(gross.amountMinor) * BigInt(units)) / BigInt(quantity);
  const [before, after] = [grossOf(from), grossOf(to)];
  const taxes = taxLines.map((line) => {
    const taxOf = (share: bigint) => (BigInt(line.amount.amountMinor) * share) / BigInt(gross.amountMinor);
    const amount = gross.amountMinor === 0 ? zero(currency) : money(taxOf(after) - taxOf(before), currency);
    return { ...line, amount };
  });
  return taxedPart(money(after - before, currency), taxes);
}

/** The gross amount of parts. */
export function grossOf(parts: readonly TaxedPart[], currency: string): Money {
  return sum(
    parts.map(({ gross }) => gross),
    currency,
  );
}

/**
 * The difference between the price of the units and the amount, split over tax rates. The part of the amount above the
 * price is split over the rest of the sale. When the amount is below the price, the difference is split over the units,
 * because the seller keeps a part of their price. When the amount is the complete rest of the sale, the difference is
 * the rest at every rate. Everything that is taken back then adds up to the sale at every rate.
 */
export function differencesOf({ sold, earlier, units, amount }: TakenBack): TaxedAmount[] {
  const { currency } = amount;
  const left = subtract(grossOf(sold, currency), grossOf(earlier, currency));
  const rest = () => partsByRate(sold, [...earlier, ...units]);
  if (amount.amountMinor === left.amountMinor)
    return rest()
      .filter(isSomething)
      .map(({ gross, taxLines }) => taxedPart(gross, taxLines));
  const difference = subtract(amount, grossOf(units, currency)).amountMinor;
  if (difference === 0) return [];
  return split(difference, difference > 0 ? rest() : partsByRate(units, []), currency);
}

function split(difference: number, over: readonly TaxedPart[], currency: string): TaxedAmount[] {
  const parts = allocate(
    money(Math.abs(difference), currency),
    over.map(({ gross }) => Math.max(0, gross.amountMinor)),
  );
  return over.flatMap((part, index): TaxedAmount[] => {
    const share = (parts[index] ?? zero(currency)).amountMinor;
    return share === 0 ? [] : [shareOf(part, money(difference < 0 ? 0 - share : share, currency))];
  });
}

function shareOf({ gross, taxLines }: TaxedPart, share: Money): TaxedAmount {
  const whole = BigInt(gross.amountMinor);
  const taxes = taxLines.map((line) => {
    const amount = divideHalfUp(BigInt(line.amount.amountMinor) * BigInt(share.amountMinor), whole);
    return { ...line, amount: money(amount, share.currency) };
  });
  return taxedPart(share, taxes);
}

/** The amounts of parts with equal tax rates, less the amounts of other parts. */
export function partsByRate(parts: readonly TaxedPart[], less: readonly TaxedPart[]): TaxedPart[] {
  const groups = new Map<string, TaxedPart>();
  const count = (part: TaxedPart, sign: 1 | -1) => {
    const signed = (amount: Money) => money(sign * amount.amountMinor, amount.currency);
    const key = JSON.stringify(
      part.taxLines.map(({ name, millionths, category, zone, treatment }) => [
        name,
        millionths,
        category,
        zone,
        treatment,
      ]),
    );
    const known = groups.get(key);
    const taxLines = part.taxLines.map((tax, index) => {
      const amount = signed(tax.amount);
      const before = known?.taxLines[index]?.amount;
      return { ...tax, amount: before ? add(before, amount) : amount };
    });
    groups.set(key, { gross: known ? add(known.gross, signed(part.gross)) : signed(part.gross), taxLines });
  };
  for (const part of parts) count(part, 1);
  for (const part of less) count(part, -1);
  return [...groups.values()];
}

/** Whether a part has an amount or a tax. */
export function isSomething({ gross, taxLines }: TaxedPart): boolean {
  return gross.amountMinor !== 0 || taxLines.some(({ amount }) => amount.amountMinor !== 0);
}
