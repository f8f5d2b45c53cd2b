import { describe, expect, test } from '@jest/globals';
import { money } from '@souk/kit/domain';
import fc from 'fast-check';
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts';
import {
  anEInvoice,
  asCredit,
  E_INVOICE_SAMPLES,
  lineAt,
  shippingLine,
  untaxedLine,
} from '../testing/e-invoice-samples.ts';
import { SELLER } from '../testing/invoices.ts';
import { brokenRules, brokenXRechnungRules } from './business-rules.ts';
import { ciiOf } from './cii.ts';
import { eInvoiceOf } from './e-invoice-model.ts';
import type { EInvoice } from './e-invoice.ts';
import { renderFacturX } from './render-factur-x.service.ts';
import { ublOf } from './ubl.ts';

const minor = (invoice: EInvoice) =>
  Object.fromEntries(Object.entries(invoice.totals).map(([name, { amountMinor }]) => [name, amountMinor]));
const rulesOf = (invoice: Invoice, reference: string | null = null) => {
  const document = eInvoiceOf(invoice, reference);
  return [...brokenRules(document), ...brokenXRechnungRules(document)].map(({ rule }) => rule);
};
const broken = (change: Partial<EInvoice>) =>
  brokenRules({ ...eInvoiceOf(anEInvoice([lineAt(190_000, 11_900)]), null), ...change }).map(({ rule }) => rule);

describe('the totals of an electronic invoice', () => {
  test('have shipping as a charge and a retained fee as an allowance', () => {
    const credit = eInvoiceOf(E_INVOICE_SAMPLES['credit'] ?? anEInvoice([]), null);
    expect(minor(credit)).toMatchObject({ lines: 10_000, allowances: 420, charges: 496, net: 10_076, tax: 1914 });
    expect(credit.charges.map(({ isCharge }) => isCharge)).toEqual([false, true]);
  });

  test('have the VAT of the sum, and the difference to the rounded lines as the rounding amount', () => {
    const rounded = eInvoiceOf(E_INVOICE_SAMPLES['rounded'] ?? anEInvoice([]), null);
    expect(minor(rounded)).toMatchObject({ net: 595, tax: 113, gross: 708, rounding: -1, due: 707 });
  });

  test('ask a buyer who has paid for the rest only', () => {
    const invoice = anEInvoice([lineAt(190_000, 4999)], { paid: money(4000, 'EUR') });
    expect(minor(eInvoiceOf(invoice, null))).toMatchObject({ paid: 4000, due: 999 });
    expect(eInvoiceOf({ ...invoice, document: { ...invoice.document, paid: money(4999, 'EUR') } }, null).terms).toBe(
      null,
    );
  });

  test('keep every rule for random lines, and the amount due is the charged amount', () => {
    const line = fc
      .record({
        rate: fc.constantFrom(190_000, 70_000, 77_000),
        gross: fc.nat(1_000_000),
        quantity: fc.integer({ min: 1, max: 99 }),
      })
      .map(({ rate, gross, quantity }) => lineAt(rate, gross, { quantity }));
    const lines = fc.array(fc.oneof(line, fc.constant(shippingLine)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lines, fc.boolean(), (sold: InvoiceLine[], isCredit) => {
        const invoice = isCredit ? asCredit(anEInvoice(sold)) : anEInvoice(sold);
        expect(rulesOf(invoice)).toEqual([]);
        const charged = sold.reduce((total, { gross }) => total + gross.amountMinor, 0);
        expect(eInvoiceOf(invoice, null).totals.due.amountMinor).toBe(charged);
      }),
    );
  });
});

describe('the rules', () => {
  test.each(Object.entries(E_INVOICE_SAMPLES))('hold for the document "%s"', (_name, invoice) => {
    expect(rulesOf(invoice)).toEqual([]);
  });

  test('find a wrong total', () => {
    const { totals, vat, lines } = eInvoiceOf(anEInvoice([lineAt(190_000, 11_900)]), null);
    const cent = money(1, 'EUR');
    expect(broken({ totals: { ...totals, lines: cent } })).toEqual(['BR-CO-10', 'BR-CO-13']);
    expect(broken({ totals: { ...totals, charges: cent } })).toEqual(['BR-CO-12', 'BR-CO-13']);
    expect(broken({ totals: { ...totals, allowances: cent } })).toEqual(['BR-CO-11', 'BR-CO-13']);
    expect(broken({ totals: { ...totals, tax: cent } })).toEqual(['BR-CO-14', 'BR-CO-15']);
    expect(broken({ totals: { ...totals, due: cent } })).toEqual(['BR-CO-16']);
    expect(broken({ vat: vat.map((each) => ({ ...each, tax: cent })) })).toEqual(['BR-CO-14', 'BR-CO-17']);
    expect(broken({ vat: vat.map((each) => ({ ...each, taxable: cent })) })).toEqual(['BR-S-08', 'BR-CO-17']);
    expect(broken({ lines: lines.map((each) => ({ ...each, price: '99.99' })) })).toEqual(['PEPPOL-EN16931-R120']);
  });

  test('find missing parts', () => {
    const { vat } = eInvoiceOf(anEInvoice([lineAt(190_000, 11_900)]), null);
    const exemption = { text: 'Exempt', code: null };
    expect(broken({ vat: [] })).toEqual(['BR-CO-14', 'BR-CO-18', 'BR-S-01']);
    expect(broken({ vat: vat.map((each) => ({ ...each, exemption })) })).toEqual(['BR-S-10']);
    expect(broken({ terms: null })).toEqual(['BR-CO-25']);
    expect(broken({ number: ' ' })).toEqual(['BR-02']);
  });

  test('name the settings that are missing', () => {
    const lines = [lineAt(190_000, 100)];
    const seller = { ...SELLER, vatId: null, registrationId: null, phone: null, email: null };
    const order = { number: 'S-1', placedAt: '2026-05-01T10:00:00.000Z' };
    const document = eInvoiceOf(anEInvoice(lines, { seller, order }), null);
    const all = [...brokenRules(document), ...brokenXRechnungRules(document)];
    expect(all.map(({ rule }) => rule)).toEqual(['BR-CO-26', 'BR-S-02', 'BR-DE-15', 'BR-DE-6', 'BR-DE-7']);
    for (const field of ['seller.vatId', 'seller.registrationId', 'seller.phone', 'seller.email', 'buyerReference'])
      expect(all.some(({ message }) => message.includes(field))).toBe(true);
    expect(rulesOf(anEInvoice(lines, { order }), '04011000-1234512345-35')).toEqual([]);
  });

  test('require both VAT ids for reverse charge, and none when VAT does not apply', () => {
    expect(rulesOf(anEInvoice([untaxedLine('REVERSE_CHARGE', 100)]))).toEqual(['BR-AE-02']);
    expect(rulesOf(anEInvoice([untaxedLine(null, 100)]))).toEqual(['BR-O-02']);
  });

  test('refuse a currency with three decimal places', () => {
    const invoice = anEInvoice([lineAt(190_000, 100)]);
    expect(broken({ currency: 'KWD', lines: [], charges: [], vat: [], totals: zeros('KWD') })).toContain('BR-DEC-23');
    expect(rulesOf(invoice)).toEqual([]);
  });
});

function zeros(currency: string): EInvoice['totals'] {
  const zero = money(0, currency);
  return {
    lines: zero,
    allowances: zero,
    charges: zero,
    net: zero,
    tax: zero,
    gross: zero,
    paid: zero,
    rounding: zero,
    due: zero,
  };
}

describe('the documents', () => {
  const credit = eInvoiceOf(E_INVOICE_SAMPLES['credit'] ?? anEInvoice([]), null);
  const standard = eInvoiceOf(E_INVOICE_SAMPLES['standard'] ?? anEInvoice([]), null);

  test('in UBL are an Invoice or a CreditNote of XRechnung 3.0', () => {
    expect(ublOf(standard)).toContain('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"');
    expect(ublOf(standard)).toContain('kosit:xrechnung_3.0</cbc:CustomizationID>');
    expect(ublOf(standard)).toContain('<cbc:BuyerReference>PO-77/ß</cbc:BuyerReference>');
    expect(ublOf(credit)).toContain('<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>');
    expect(ublOf(credit)).toContain('<cbc:ID>INV-2026-00041</cbc:ID><cbc:IssueDate>2026-05-01</cbc:IssueDate>');
    expect(ublOf(credit)).toContain('<cbc:CreditedQuantity unitCode="H87">3</cbc:CreditedQuantity>');
  });

  test('have an exact price per unit, or else the price of all units', () => {
    expect(ublOf(standard)).toContain('>100.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="H87">3</cbc:BaseQuantity>');
    const exact = eInvoiceOf(anEInvoice([lineAt(190_000, 1190, { quantity: 4 })]), null);
    expect(ublOf(exact)).toContain('>2.5000</cbc:PriceAmount><cbc:BaseQuantity unitCode="H87">1</cbc:BaseQuantity>');
  });

  test('escape texts and drop characters that XML does not allow', () => {
    const name = 'A & B <c> "d" \u0000\u001B\uFFFE\uD800 ₦';
    const document = eInvoiceOf(anEInvoice([lineAt(190_000, 100, { name })]), null);
    for (const xml of [ublOf(document), ciiOf(document)])
      expect(xml).toMatch(/Name>A &amp; B &lt;c&gt; &quot;d&quot;\s+₦</);
  });

  test('have the country code of EN 16931 for Kosovo', () => {
    const { buyer } = standard;
    const kosovo = { ...standard, buyer: { ...buyer, address: { ...buyer.address, countryCode: 'XK' } } };
    expect(ciiOf(kosovo)).toContain('<ram:CountryID>1A</ram:CountryID>');
  });

  test('as Factur-X are a PDF/A-3 with the CII document, the same bytes every time', async () => {
    const invoice = anEInvoice([lineAt(190_000, 100)], { seller: { ...SELLER, legalName: 'A & B <c>' } });
    const document = eInvoiceOf(invoice, null);
    const render = () => renderFacturX(invoice, document, ciiOf(document));
    const pdf = await render();
    expect(pdf.equals(await render())).toBe(true);
    const text = pdf.toString('latin1');
    for (const part of [
      '%PDF-1.7',
      '/AFRelationship /Alternative',
      '(factur-x.xml)',
      '/OutputIntent',
      '/EmbeddedFiles',
    ])
      expect(text).toContain(part);
    for (const part of ['<pdfaid:part>3<', '<fx:ConformanceLevel>EN 16931<', '<rdf:li>A &amp; B &lt;c&gt;</rdf:li>'])
      expect(text).toContain(part);
  });
});
