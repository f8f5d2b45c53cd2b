import { describe, expect, test } from '@jest/globals';
import { extractText } from 'unpdf';
import { anInvoice, invoiceLine, SELLER } from '../testing/invoices.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { InvoiceLinks } from './invoice-link.ts';
import { invoicePages } from './invoice-pages.ts';
import type { Page } from './page.ts';
import { renderInvoice } from './render-invoice.service.ts';
import { visualRuns } from './visual-runs.ts';

/** The texts of the pages. Every kind of white space becomes a normal space. */
async function textOf(invoice: Invoice): Promise<string[]> {
  const { text } = await extractText(new Uint8Array(await renderInvoice(invoice)), { mergePages: false });
  return text.map((page) => page.replaceAll(/\s+/gu, ' '));
}

describe('the PDF of an invoice', () => {
  test('has the amounts with the sign of the currency, and letters of many languages', async () => {
    const [page] = await textOf(anInvoice('en-NG', 'NGN', [invoiceLine('NGN', 1_234_567)]));
    for (const part of ['Invoice', 'INV-2026-00042', '3 May 2026', '₦12,345.67', '₦1,971.16', 'Page 1 of 1'])
      expect(page).toContain(part);
    for (const part of ['Müllerstraße', 'Łódź', 'Ελλάδα', 'Київ', 'DE02120300000000202051', 'VAT 19% on ₦10,374.51'])
      expect(page).toContain(part);
  });

  test('is in the language of the order, with the decimal places of the currency', async () => {
    const german = await textOf(anInvoice('de-DE', 'EUR', [invoiceLine('EUR', 1_234_567)]));
    expect(german[0]).toContain('Rechnung');
    expect(german[0]).toContain('12.345,67 €');
    const french = await textOf(anInvoice('fr', 'KWD', [invoiceLine('KWD', 1_234_567)]));
    expect(french[0]).toContain('Facture');
    expect(french[0]).toContain('1 234,567 KWD');
    expect((await textOf(anInvoice('pt-BR', 'JPY', [invoiceLine('JPY', 1234)])))[0]).toContain('1.234');
  });

  test('has Arabic letters and numbers', async () => {
    const name = 'مصباح من الفلين';
    const [page = ''] = await textOf(anInvoice('ar-KW', 'KWD', [invoiceLine('KWD', 1_234_567, { name })]));
    const letters = page.normalize('NFKC');
    for (const part of ['فاتورة', 'التاريخ', 'الحساب', '٢٣٤', '٥٦٧']) expect(letters).toContain(part);
  });

  test('repeats the head of the table and numbers its pages, and the totals stay together', () => {
    const pages = (count: number) =>
      texts(
        invoicePages(
          anInvoice(
            'en',
            'EUR',
            Array.from({ length: count }, () => invoiceLine('EUR', 1190)),
          ),
          byLength,
        ),
      );
    for (let count = 1; count < 70; count++) {
      const all = pages(count);
      const withLines = all.filter((page) => page.includes('Cork bedside lamp'));
      expect(withLines.every((page) => page.includes('Description'))).toBe(true);
      expect(all.map((page) => page.at(-1))).toEqual(all.map((_, index) => `Page ${index + 1} of ${all.length}`));
      const last = all.findIndex((page) => page.includes('Total'));
      expect(all[last]).toEqual(
        expect.arrayContaining(['VAT 19% on €' + (count * 10).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')]),
      );
      expect(all.flat().filter((text) => text === 'Cork bedside lamp')).toHaveLength(count);
    }
    expect(pages(45)).toHaveLength(3);
  });

  test('is always the same bytes', async () => {
    const invoice = anInvoice('ar', 'NGN', [invoiceLine('NGN', 100)]);
    expect((await renderInvoice(invoice)).equals(await renderInvoice(invoice))).toBe(true);
  });

  test('names the credited invoice and the sentence of reverse charge, and a credit note asks for no payment', async () => {
    const { taxLines } = invoiceLine('EUR', 100);
    const reverse = taxLines.map((line) => ({ ...line, millionths: 0, treatment: 'REVERSE_CHARGE' as const }));
    const invoice = anInvoice('de', 'EUR', [invoiceLine('EUR', 100, { taxLines: reverse })]);
    const credits = { number: 'INV-7', issuedAt: '2026-05-01T00:00:00.000Z' };
    const [page] = await textOf({ ...invoice, type: 'CREDIT_NOTE', document: { ...invoice.document, credits } });
    for (const part of ['Rechnungskorrektur', 'INV-7, 01.05.2026', 'Steuerschuldnerschaft'])
      expect(page).toContain(part);
    expect(page).not.toContain(SELLER.bank?.accountNumber);
  });
});

const byLength = (line: string) => line.length * 5;
const texts = (pages: readonly Page[]) =>
  pages.map((page) => page.flatMap((mark) => (mark.kind === 'TEXT' ? [mark.text] : [])));

describe('a line of text', () => {
  const drawn = (line: string, direction: 'ltr' | 'rtl') => visualRuns(line, direction).map(({ text }) => text);

  test('of one direction is one part', () => {
    expect(drawn('Cork lamp 12', 'ltr')).toEqual(['Cork lamp 12']);
    expect(drawn('مصباح', 'rtl')).toEqual(['مصباح']);
  });

  test('of both directions begins at the right on a right-to-left page, and brackets are mirrored', () => {
    expect(drawn('مصباح (LED 12W)', 'rtl').join('')).toBe('(LED 12W) مصباح');
    expect(drawn('مصباح LED', 'ltr').join('')).toBe('مصباح LED');
  });

  test('has no marks of direction, and Arabic digits in the order that fontkit reverses', () => {
    expect(drawn('\u200f\u0661\u0662 KWD', 'ltr').join('')).toBe('\u0662\u0661 KWD');
  });
});

describe('a signature', () => {
  const links = new InvoiceLinks('a secret');
  const now = new Date('2026-05-03T10:07:00Z');
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const signature = links.signatureFor('tenant', 'invoice', now);

  test('opens its invoice of its tenant until it expires, and is the same for a quarter of an hour', () => {
    expect(links.opens(signature, 'tenant', 'invoice', at(15))).toBe(true);
    expect(links.opens(signature, 'tenant', 'invoice', at(30))).toBe(false);
    expect(links.signatureFor('tenant', 'invoice', at(7))).toBe(signature);
    expect(links.opens(signature, 'other', 'invoice', now)).toBe(false);
    expect(links.opens(signature, 'tenant', 'other', now)).toBe(false);
    expect(new InvoiceLinks('another secret').opens(signature, 'tenant', 'invoice', now)).toBe(false);
  });

  test.each(['', '.', 'NaN.x', `9999999999999.${'x'.repeat(43)}`])('is not "%s"', (forged) => {
    expect(links.opens(forged, 'tenant', 'invoice', now)).toBe(false);
  });

  test('with a later end does not open', () => {
    const [, seal] = signature.split('.');
    expect(links.opens(`${at(600).getTime()}.${seal}`, 'tenant', 'invoice', now)).toBe(false);
  });
});
