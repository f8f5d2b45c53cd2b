import { EU_COUNTRIES } from '@souk/kit/vat';
import type { InvoiceWords } from '../invoice-file/invoice-words.ts';
import type { InvoiceDocument, InvoiceLine } from '../invoice/invoice.ts';
import type { VatBreakdown, VatCategory, VatTerms } from './e-invoice.ts';

/**
 * The VAT category and the rate of a line. Several taxes on one base, such as a federal and a provincial tax, have the sum of their rates.
 * A line that no tax zone covers is an export when goods leave the EU, and otherwise not subject to VAT.
 */
export function vatTermsOf({ taxLines }: InvoiceLine, document: InvoiceDocument): VatTerms {
  const [first] = taxLines;
  if (!first) return { category: isExport(document) ? 'G' : 'O', millionths: 0 };
  const millionths = taxLines.reduce((whole, line) => whole + line.millionths, 0);
  switch (first.treatment) {
    case 'TAXED':
      return { category: millionths > 0 ? 'S' : 'Z', millionths };
    case 'ZERO_RATED':
      return { category: 'Z', millionths: 0 };
    case 'EXEMPT':
      return { category: 'E', millionths: 0 };
    case 'REVERSE_CHARGE':
      return { category: 'AE', millionths: 0 };
  }
}

function isExport({ seller, buyer, delivery }: InvoiceDocument): boolean {
  const destination = (delivery ?? buyer.address).countryCode;
  return EU_COUNTRIES.has(seller.address.countryCode) && !EU_COUNTRIES.has(destination);
}

/** The codes of the list VATEX. Exemptions have none, because tax categories of a shop do not name the article of the law. */
const CODES: Readonly<Partial<Record<VatCategory, string>>> = {
  AE: 'VATEX-EU-AE',
  G: 'VATEX-EU-G',
  O: 'VATEX-EU-O',
};

/** Why a category has no VAT. Null for the categories S and Z. */
export function exemptionOf(category: VatCategory, words: InvoiceWords): VatBreakdown['exemption'] {
  if (category === 'S' || category === 'Z') return null;
  return { text: words.exemptions[category], code: CODES[category] ?? null };
}
