import type { Invoice } from '../invoice/invoice.ts';
import { invoicePages, shownTotalsOf, type ShownTotals } from './invoice-pages.ts';
import { wordsOf } from './invoice-words.ts';
import { renderPdf, type PdfArchive } from './pdf.provider.ts';

/** How the PDF of an electronic invoice differs. */
export interface RenderOptions {
  /** The totals on the pages. @default the totals of the invoice */
  readonly totals?: ShownTotals;
  /** Renders a PDF/A-3 with a file inside. @default null */
  readonly archive?: PdfArchive | null;
}

/** Renders an invoice as a PDF. The same invoice produces the same bytes. */
export function renderInvoice(
  invoice: Invoice,
  { totals = shownTotalsOf(invoice), archive = null }: RenderOptions = {},
): Promise<Buffer> {
  const { locale, seller } = invoice.document;
  const words = wordsOf(locale);
  const facts = {
    title: `${words.titles[invoice.type]} ${invoice.number}`,
    author: seller.legalName,
    locale,
    direction: words.direction,
    createdAt: invoice.issuedAt,
    archive,
  };
  return renderPdf(facts, (measure) => invoicePages(invoice, measure, totals));
}
