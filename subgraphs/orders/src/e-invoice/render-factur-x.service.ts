import { renderInvoice } from '../invoice-file/render-invoice.service.ts';
import { totalsOf, type Invoice } from '../invoice/invoice.ts';
import type { TaxLine } from '../tax/tax.ts';
import type { EInvoice, VatBreakdown } from './e-invoice.ts';
import { vatTermsOf } from './vat-terms.ts';

/** The extension schema of Factur-X 1.0 for XMP, and its properties. PDF/A allows no property without a schema. */
const XMP = `
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
${property('DocumentFileName', 'The name of the embedded XML document')}
${property('DocumentType', 'The type of the hybrid document in capital letters')}
${property('Version', 'The version of the standard of the embedded XML document')}
${property('ConformanceLevel', 'The profile of the embedded XML document')}
</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
</rdf:Description>`;

function property(name: string, description: string): string {
  return [
    '<rdf:li rdf:parseType="Resource">',
    `<pdfaProperty:name>${name}</pdfaProperty:name>`,
    '<pdfaProperty:valueType>Text</pdfaProperty:valueType>',
    '<pdfaProperty:category>external</pdfaProperty:category>',
    `<pdfaProperty:description>${description}</pdfaProperty:description>`,
    '</rdf:li>',
  ].join('');
}

/**
 * Renders an invoice as Factur-X 1.0: a PDF/A-3 with the CII document inside. The pages show the amounts of the CII document.
 * @param cii the CII document of the same invoice
 */
export function renderFacturX(invoice: Invoice, document: EInvoice, cii: string): Promise<Buffer> {
  const { net, gross } = totalsOf(invoice.document);
  const taxLines = document.vat.map((vat) => taxLineOf(invoice, vat));
  const totals = { net, gross, taxLines, rounding: document.totals.rounding };
  const attachment = {
    name: 'factur-x.xml',
    description: 'Factur-X invoice',
    mediaType: 'text/xml',
    content: Buffer.from(cii),
  };
  return renderInvoice(invoice, { totals, archive: { attachment, xmp: XMP } });
}

/** The VAT of a category and rate, under the name that the shop gave its tax. */
function taxLineOf({ document }: Invoice, { category, millionths, taxable, tax }: VatBreakdown): TaxLine {
  const line = document.lines.find((each) => {
    const terms = vatTermsOf(each, document);
    return terms.category === category && terms.millionths === millionths;
  });
  const [first, ...others] = line?.taxLines ?? [];
  const name = [first, ...others].flatMap((each) => each?.name ?? []).join(' + ');
  const { category: code = '', zone = '', treatment = 'EXEMPT' as const } = first ?? {};
  return { category: code, zone, treatment, name, millionths, base: taxable, amount: tax };
}
