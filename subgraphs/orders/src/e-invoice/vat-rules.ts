import { decimalAmount, money, sum, type Money } from '@souk/kit/domain';
import type { CheckedRule } from './business-rules.ts';
import { vatOn } from './e-invoice-model.ts';
import type { EInvoice, VatBreakdown, VatTerms } from './e-invoice.ts';

/** The rules about the VAT breakdown and the VAT categories. */
export function vatRules(invoice: EInvoice): CheckedRule[] {
  const { vat } = invoice;
  const used = [...invoice.lines, ...invoice.charges].map((part) => part.vat);
  return [
    ['BR-CO-18', vat.length > 0, 'The invoice has no VAT breakdown'],
    ...used.map((terms): CheckedRule => {
      const rule = `BR-${terms.category}-01`;
      return [rule, vat.some((each) => isSame(each, terms)), 'The VAT breakdown lacks the category of a line'];
    }),
    ...vat.flatMap((each) => [...amountRules(invoice, each), ...reasonRules(each), ...identifierRules(invoice, each)]),
    [
      'BR-O-11',
      vat.length < 2 || vat.every(({ category }) => category !== 'O'),
      'An invoice that is not subject to VAT cannot have another VAT category: give all products a tax zone or none',
    ],
  ];
}

function amountRules({ lines, charges, currency }: EInvoice, each: VatBreakdown): CheckedRule[] {
  const { category, millionths, taxable, tax } = each;
  const parts: Money[] = [
    ...lines.flatMap(({ vat, net }) => (isSame(vat, each) ? [net] : [])),
    ...charges.flatMap(({ vat, isCharge, amount }) =>
      isSame(vat, each) ? [isCharge ? amount : money(0 - amount.amountMinor, currency)] : [],
    ),
  ];
  const expected = sum(parts, currency);
  const due = vatOn(taxable, each);
  return [
    [
      `BR-${category}-08`,
      taxable.amountMinor === expected.amountMinor,
      `The taxable amount is ${decimalAmount(taxable)}, and the lines add up to ${decimalAmount(expected)}`,
    ],
    [
      'BR-CO-17',
      tax.amountMinor === due.amountMinor,
      `The VAT is ${decimalAmount(tax)}, and the rate gives ${decimalAmount(due)}`,
    ],
    [
      `BR-${category}-05`,
      category === 'S' ? millionths > 0 : millionths === 0,
      'The VAT rate does not fit the VAT category',
    ],
  ];
}

function reasonRules({ category, exemption }: VatBreakdown): CheckedRule[] {
  const isTaxed = category === 'S' || category === 'Z';
  const message = isTaxed
    ? 'VAT that is charged has no reason of exemption'
    : 'A category without VAT needs a reason of exemption';
  return [[`BR-${category}-10`, isTaxed === (exemption === null), message]];
}

function identifierRules({ seller, buyer }: EInvoice, { category }: VatBreakdown): CheckedRule[] {
  if (category === 'O')
    return [
      [
        'BR-O-02',
        seller.vatId === null && buyer.vatId === null,
        'No tax zone covers the address of the delivery, which means "not subject to VAT", and then no VAT id is allowed: add a tax zone for its country before the next order',
      ],
    ];
  const rules: CheckedRule[] = [
    [
      `BR-${category}-02`,
      seller.vatId !== null,
      'The seller has no VAT id: set seller.vatId with invoiceSettingsSet. Issued invoices keep the settings of their day',
    ],
  ];
  if (category === 'AE')
    rules.push([
      'BR-AE-02',
      buyer.vatId !== null,
      'Reverse charge needs the VAT id of the buyer: set taxId of the cart',
    ]);
  return rules;
}

function isSame(one: VatTerms, other: VatTerms): boolean {
  return one.category === other.category && one.millionths === other.millionths;
}
