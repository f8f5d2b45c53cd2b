import { divideHalfUp, money } from '@souk/kit/domain';
import type { Invoice, InvoiceDocument, InvoiceLine } from '../invoice/invoice.ts';
import { taxedPart } from '../tax/taxed-parts.ts';
import type { TaxTreatment } from '../tax/tax.ts';
import { anInvoice, invoiceLine, SELLER } from './invoices.ts';

const BERLIN = {
  name: 'Käufer & Söhne <GmbH>',
  line1: 'Allee 1',
  line2: null,
  city: 'Köln',
  region: null,
  postalCode: '50667',
  countryCode: 'DE',
  phone: null,
};

/** A line at a rate with the net amount that the shop computed from its gross price, as prices with included tax do. */
export function lineAt(millionths: number, grossMinor: number, fields: Partial<InvoiceLine> = {}): InvoiceLine {
  const rate = BigInt(millionths);
  const tax = Number(divideHalfUp(BigInt(grossMinor) * rate, 1_000_000n + rate));
  return invoiceLine('EUR', grossMinor, { ...taxed(millionths, grossMinor, tax, 'TAXED'), ...fields });
}

/** A line without tax for a reason. */
export function untaxedLine(treatment: TaxTreatment | null, netMinor: number): InvoiceLine {
  const amounts = treatment ? taxed(0, netMinor, 0, treatment) : taxedPart(money(netMinor, 'EUR'), []);
  return invoiceLine('EUR', netMinor, amounts);
}

function taxed(millionths: number, grossMinor: number, taxMinor: number, treatment: TaxTreatment) {
  const amount = money(taxMinor, 'EUR');
  return taxedPart(money(grossMinor, 'EUR'), [
    { name: 'VAT', millionths, category: 'standard', zone: 'DE', treatment, amount },
  ]);
}

export const shippingLine: InvoiceLine = lineAt(190_000, 590, {
  kind: 'SHIPPING',
  orderLineId: null,
  sku: null,
  name: 'Parcel',
  options: [],
});

/** An invoice in euros to a buyer in Germany. */
export function anEInvoice(lines: readonly InvoiceLine[], fields: Partial<InvoiceDocument> = {}): Invoice {
  const base = anInvoice('de-DE', 'EUR', lines);
  const order = { ...base.document.order, purchaseOrderNumber: 'PO-77/ß' };
  const buyer = { email: 'einkauf@buyer.example', address: BERLIN, vatId: null };
  return { ...base, document: { ...base.document, order, buyer, delivery: BERLIN, ...fields } };
}

/** The same document as a credit note. */
export function asCredit(invoice: Invoice): Invoice {
  const credits = { number: 'INV-2026-00041', issuedAt: '2026-05-01T00:00:00.000Z' };
  const document = { ...invoice.document, credits };
  return { ...invoice, type: 'CREDIT_NOTE', number: 'CN-2026-00001', invoiceId: invoice.id, document };
}

const adjustment = (grossMinor: number) =>
  lineAt(190_000, grossMinor, { kind: 'ADJUSTMENT', orderLineId: null, sku: null, name: '', options: [] });

const toVienna = { ...BERLIN, city: 'Wien', postalCode: '1010', countryCode: 'AT' };

/** Documents of every VAT category, with rounding, charges, allowances and payments. */
export const E_INVOICE_SAMPLES: Readonly<Record<string, Invoice>> = {
  standard: anEInvoice([lineAt(190_000, 11_900, { quantity: 3 }), lineAt(70_000, 1999), shippingLine]),
  rounded: anEInvoice(Array.from({ length: 7 }, () => lineAt(190_000, 101))),
  paid: anEInvoice([lineAt(190_000, 4999, { quantity: 7 })], { paid: money(4999, 'EUR') }),
  withoutBank: anEInvoice([lineAt(190_000, 100)], { seller: { ...SELLER, bank: null, footer: null } }),
  reverseCharge: anEInvoice([untaxedLine('REVERSE_CHARGE', 12_345)], {
    buyer: { email: 'ap@vienna.example', address: toVienna, vatId: 'ATU12345675' },
    delivery: toVienna,
  }),
  exempt: anEInvoice([untaxedLine('EXEMPT', 5000), lineAt(190_000, 100)]),
  zeroRated: anEInvoice([untaxedLine('ZERO_RATED', 5000)]),
  export: anEInvoice([untaxedLine(null, 5000)], { delivery: { ...BERLIN, countryCode: 'CH', postalCode: '8001' } }),
  outside: anEInvoice([untaxedLine(null, 5000)], { seller: { ...SELLER, vatId: null } }),
  shippingOnly: anEInvoice([shippingLine]),
  credit: asCredit(anEInvoice([lineAt(190_000, 11_900, { quantity: 3 }), adjustment(-500), shippingLine])),
  goodwill: asCredit(anEInvoice([adjustment(1234)], { paid: money(1234, 'EUR') })),
  french: anEInvoice([lineAt(200_000, 4242, { quantity: 2 })], { locale: 'fr-FR', paid: money(42, 'EUR') }),
};
