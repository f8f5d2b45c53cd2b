import { money, zero, type Money } from '@souk/kit/domain';
import type { TaxLine } from '../tax/tax.ts';
import { taxedLine } from './invoice.ts';

/** An order line with its amounts, as it was ordered. */
export interface SharedLine {
  readonly quantity: number;
  readonly gross: Money;
  readonly taxLines: readonly TaxLine[];
}

/**
 * The share of a line that belongs to the units after the first `from` and up to `to`. The gross amount is rounded down as a running total,
 * as in `shareOfUnits`, and the taxes as running totals over the gross amount. So the shares of all units add up to the line.
 */
export function shareBetween({ quantity, gross, taxLines }: SharedLine, from: number, to: number) {
  const { currency } = gross;
  const grossOf = (units: number) => (BigInt(gross.amountMinor) * BigInt(units)) / BigInt(quantity);
  const [before, after] = [grossOf(from), grossOf(to)];
  const taxes = taxLines.map((line) => {
    const taxOf = (share: bigint) => (BigInt(line.amount.amountMinor) * share) / BigInt(gross.amountMinor);
    const amount = gross.amountMinor === 0 ? zero(currency) : money(taxOf(after) - taxOf(before), currency);
    return { ...line, amount };
  });
  return taxedLine(money(after - before, currency), taxes);
}
