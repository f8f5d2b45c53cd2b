import type { Invoice } from '../invoice/invoice.ts';
import { invoicePages } from './invoice-pages.ts';
import { wordsOf } from './invoice-words.ts';
import { renderPdf } from './pdf.provider.ts';

/** Renders an invoice as a PDF. The same invoice produces the same bytes. */
export function renderInvoice(invoice: Invoice): Promise<Buffer> {
  const { locale, seller } = invoice.document;
  const words = wordsOf(locale);
  const facts = {
    title: `${words.titles[invoice.type]} ${invoice.number}`,
    author: seller.legalName,
    locale,
    direction: words.direction,
    createdAt: invoice.issuedAt,
  };
  return renderPdf(facts, (measure) => invoicePages(invoice, measure));
}
