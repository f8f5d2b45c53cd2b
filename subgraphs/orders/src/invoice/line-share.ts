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
 * The amounts of the units `from + 1` to `to` of a line. The gross amount is the difference of two running totals that are rounded down, as
 * in `shareOfUnits`. The taxes are differences of running totals over the gross amount. The shares of all units therefore add up to the
 * line.
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
