import { exponentOf } from '@souk/kit/domain';
import type { EInvoice } from './e-invoice.ts';
import { sumRules } from './sum-rules.ts';
import { vatRules } from './vat-rules.ts';

/** A rule that an invoice breaks. */
export interface BrokenRule {
  /** The id of the rule: `BR-…` of EN 16931-1 or `BR-DE-…` of XRechnung 3.0. */
  readonly rule: string;
  /** The error, and the setting or field to fill. */
  readonly message: string;
}

/** A rule with its outcome for one invoice. */
export type CheckedRule = readonly [rule: string, holds: boolean, message: string];

/** The rules of EN 16931-1:2017 that the invoice breaks. All amounts are compared exactly. */
export function brokenRules(invoice: EInvoice): BrokenRule[] {
  return broken([...contentRules(invoice), ...sumRules(invoice), ...vatRules(invoice)]);
}

/** The rules of XRechnung 3.0 that the invoice breaks, besides those of EN 16931. */
export function brokenXRechnungRules(invoice: EInvoice): BrokenRule[] {
  return broken(xRechnungRules(invoice));
}

function broken(rules: readonly CheckedRule[]): BrokenRule[] {
  return rules.flatMap(([rule, holds, message]) => (holds ? [] : [{ rule, message }]));
}

const SETTING = 'with invoiceSettingsSet. Issued invoices keep the settings of their day';

function contentRules(invoice: EInvoice): CheckedRule[] {
  const { seller, buyer, lines, totals, terms, payment, currency } = invoice;
  const isTransfer = payment.code !== '68';
  return [
    ['BR-DEC-23', exponentOf(currency) <= 2, `The standard allows two decimal places: ${currency} has more`],
    ['BR-02', isText(invoice.number), 'The invoice has no number'],
    ['BR-06', isText(seller.legalName), `The seller has no name: set seller.legalName ${SETTING}`],
    ['BR-07', isText(buyer.address.name), 'The buyer has no name: set it in the billing or shipping address'],
    ['BR-09', isCountry(seller.address.countryCode), `The seller has no country: set seller.address ${SETTING}`],
    ['BR-11', isCountry(buyer.address.countryCode), 'The buyer has no country: set it in the address'],
    ['BR-16', lines.length > 0, 'The invoice has no lines'],
    ['BR-25', lines.every(({ name }) => isText(name)), 'A line has no name: name the variant'],
    ['BR-27', lines.every(({ price }) => !price.startsWith('-')), 'The price of a line is negative'],
    ['BR-61', !isTransfer || isText(payment.account?.accountNumber), `Set seller.bank.accountNumber ${SETTING}`],
    [
      'BR-CO-25',
      totals.due.amountMinor <= 0 || isText(terms),
      'An amount is due, and the invoice has no terms of payment',
    ],
    [
      'BR-CO-26',
      isText(seller.vatId) || isText(seller.registrationId),
      `The seller has no identifier: set seller.vatId or seller.registrationId ${SETTING}`,
    ],
    ['BR-CO-09', isVatId(seller.vatId), `seller.vatId does not begin with a country code: set it ${SETTING}`],
    ['BR-CO-09', isVatId(buyer.vatId), "The buyer's VAT id does not begin with a country code"],
    [
      'BR-54',
      lines.every(({ attributes }) => attributes.every(([name, value]) => isText(name) && isText(value))),
      'An option of a variant has no name or no value',
    ],
    [
      'BR-57',
      invoice.delivery === null || isCountry(invoice.delivery.countryCode),
      'The delivery address has no country',
    ],
  ];
}

function xRechnungRules({ seller, buyer, delivery, buyerReference }: EInvoice): CheckedRule[] {
  const set = (field: string) => `XRechnung requires it: set ${field} ${SETTING}`;
  const place = (field: string) => `XRechnung requires ${field}: correct the address of the order before its invoice`;
  return [
    [
      'BR-DE-15',
      isText(buyerReference),
      'XRechnung requires the reference of the buyer: send it as buyerReference, or set purchaseOrderNumber of the order before its invoice',
    ],
    ['BR-DE-3', isText(seller.address.city), set('seller.address.city')],
    ['BR-DE-4', isText(seller.address.postalCode), set('seller.address.postalCode')],
    ['BR-DE-6', isPhone(seller.phone), set('seller.phone with at least three digits')],
    ['BR-DE-7', isText(seller.email), set('seller.email')],
    ['BR-DE-28', isEmail(seller.email), set('seller.email as an e-mail address')],
    ['BR-DE-8', isText(buyer.address.city), place("the buyer's city")],
    ['BR-DE-9', isText(buyer.address.postalCode), place("the buyer's postal code")],
    ['BR-DE-10', delivery === null || isText(delivery.city), place('the city of the delivery')],
    ['BR-DE-11', delivery === null || isText(delivery.postalCode), place('the postal code of the delivery')],
    ['PEPPOL-EN16931-R010', isText(buyer.email), 'The order has no e-mail address'],
  ];
}

function isText(text: string | null | undefined): boolean {
  return text !== null && text !== undefined && text.trim() !== '';
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code);
}

/** A VAT id begins with a country code of ISO 3166-1 alpha-2, or EL for Greece. No VAT id is no error of this rule. */
function isVatId(vatId: string | null): boolean {
  return vatId === null || /^[A-Z]{2}\S/.test(vatId);
}

function isPhone(phone: string | null): boolean {
  return phone !== null && phone.replaceAll(/\D/g, '').length >= 3;
}

/** A missing address breaks another rule. */
function isEmail(email: string | null): boolean {
  return !isText(email) || /^[^@\s]{2,}@[^@\s]+\.[^@\s.]{2,}$/.test(email ?? '');
}
