import { money } from '@souk/kit/domain';
import type { Invoice, InvoiceLine, InvoiceSeller } from '../invoice/invoice.ts';
import { taxedPart } from '../tax/taxed-parts.ts';

/** A seller with every field that an invoice can show. */
export const SELLER: InvoiceSeller = {
  legalName: 'Opal Lampen GmbH',
  address: {
    line1: 'Müllerstraße 1',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: '10115',
    countryCode: 'DE',
  },
  vatId: 'DE136695976',
  registrationId: 'HRB 4242',
  email: 'billing@opal.example',
  phone: '+49 30 123456',
  bank: {
    accountHolder: 'Opal Lampen GmbH',
    accountNumber: 'DE02120300000000202051',
    bankName: 'DKB',
    bic: 'BYLADEM1001',
  },
  footer: 'Łódź, Ελλάδα, Київ',
  color: '#0f766e',
};

/** A line of goods with 19 % tax, which `grossMinor` includes. */
export function invoiceLine(currency: string, grossMinor: number, fields: Partial<InvoiceLine> = {}): InvoiceLine {
  const amount = money(Math.round((grossMinor * 19) / 119), currency);
  const tax = {
    name: 'VAT',
    millionths: 190_000,
    category: 'standard',
    zone: 'DE',
    treatment: 'TAXED' as const,
    amount,
  };
  return {
    kind: 'GOODS',
    orderLineId: '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a0b',
    sku: 'LAMP-1',
    name: 'Cork bedside lamp',
    options: ['Color: red'],
    quantity: 1,
    unitPrice: null,
    ...taxedPart(money(grossMinor, currency), [tax]),
    ...fields,
  };
}

export function anInvoice(locale: string, currency: string, lines: readonly InvoiceLine[]): Invoice {
  const address = { name: 'Adaeze Okonkwo', line1: '12 Marina Road', line2: null, city: 'Lagos' };
  const place = { region: null, postalCode: '101001', countryCode: 'NG', phone: null };
  return {
    id: '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a2a',
    type: 'INVOICE',
    number: 'INV-2026-00042',
    orderId: '0b6a2f0e-4c1d-4d0a-9a57-6f1f5f0c1a0a',
    invoiceId: null,
    issuedAt: new Date('2026-05-03T10:00:00Z'),
    document: {
      seller: SELLER,
      buyer: { email: 'buyer@example.test', address: { ...address, ...place }, vatId: null },
      order: { number: 'S-100042', placedAt: '2026-05-01T10:00:00.000Z' },
      credits: null,
      locale,
      currency,
      lines,
    },
  };
}
