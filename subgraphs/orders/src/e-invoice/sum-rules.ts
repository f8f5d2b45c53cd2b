import { decimalAmount, money, parseScaled, sum, type Money } from '@souk/kit/domain';
import type { CheckedRule } from './business-rules.ts';
import type { EInvoice, EInvoiceLine } from './e-invoice.ts';

/** The rules about the totals of the document. */
export function sumRules({ currency, lines, charges, vat, totals }: EInvoice): CheckedRule[] {
  const total = (amounts: readonly Money[]) => sum(amounts, currency);
  const chargesOf = (isCharge: boolean) =>
    total(charges.filter((charge) => charge.isCharge === isCharge).map(({ amount }) => amount));
  const { paid, rounding, gross } = totals;
  return [
    equal('BR-CO-10', totals.lines, total(lines.map(({ net }) => net))),
    equal('BR-CO-11', totals.allowances, chargesOf(false)),
    equal('BR-CO-12', totals.charges, chargesOf(true)),
    equal('BR-CO-13', totals.net, total([totals.lines, negative(totals.allowances), totals.charges])),
    equal('BR-CO-14', totals.tax, total(vat.map(({ tax }) => tax))),
    equal('BR-CO-15', gross, total([totals.net, totals.tax])),
    equal('BR-CO-16', totals.due, total([gross, negative(paid), rounding])),
    // XRechnung takes this rule from Peppol, with a tolerance. Here the amounts are equal.
    ['PEPPOL-EN16931-R120', lines.every(isPriced), 'The net amount of a line is not its quantity times its price'],
    ['BR-33', charges.every(({ reason }) => reason.trim() !== ''), 'An allowance or a charge has no reason'],
    [
      'BR-31',
      charges.every(({ amount }) => amount.amountMinor >= 0),
      'The amount of an allowance or a charge is negative',
    ],
  ];
}

function equal(rule: string, actual: Money, expected: Money): CheckedRule {
  const message = `The amount is ${decimalAmount(actual)}, and the rule gives ${decimalAmount(expected)}`;
  return [rule, actual.amountMinor === expected.amountMinor, message];
}

function negative({ amountMinor, currency }: Money): Money {
  return money(0 - amountMinor, currency);
}

const SCALE = 6;

function isPriced({ price, quantity, baseQuantity, net }: EInvoiceLine): boolean {
  const priced = parseScaled(price, SCALE) * BigInt(quantity);
  return priced === parseScaled(decimalAmount(net), SCALE) * BigInt(baseQuantity);
}
