import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { FileContent, InvoiceFiles } from '../invoice-file/invoice-file.service.ts';
import { brokenRules, brokenXRechnungRules, type BrokenRule } from './business-rules.ts';
import { ciiOf } from './cii.ts';
import { eInvoiceOf } from './e-invoice-model.ts';
import { renderFacturX } from './render-factur-x.service.ts';
import { ublOf } from './ubl.ts';

/** The request for an electronic invoice. Callers who are not staff must send the order's access token. */
export interface EInvoiceAccess {
  readonly id: string;
  readonly accessToken: string | null;
  /** BT-10. Null: the purchase order number of the order. */
  readonly buyerReference: string | null;
}

type EInvoiceResult = Result<FileContent | null, Failure<'E_INVOICE_INVALID'>>;

/**
 * Creates electronic invoices by EN 16931. The value is null when the invoice is unknown or the caller may not see it. The failure
 * E_INVOICE_INVALID names each broken rule with its remedy.
 */
export class EInvoices {
  readonly #files: InvoiceFiles;

  constructor(files: InvoiceFiles) {
    this.#files = files;
  }

  /** The XRechnung of an invoice or a credit note, in UBL 2.1. */
  async xRechnung(ctx: RequestContext, { buyerReference, ...access }: EInvoiceAccess): Promise<EInvoiceResult> {
    const invoice = await this.#files.find(ctx, { ...access, signature: null });
    if (!invoice) return ok(null);
    const document = eInvoiceOf(invoice, buyerReference);
    const broken = [...brokenRules(document), ...brokenXRechnungRules(document)];
    if (broken.length > 0) return err(invalid(broken));
    return ok({ name: `${invoice.number}.xml`, content: Buffer.from(ublOf(document)).toString('base64') });
  }

  /** The Factur-X file of an invoice or a credit note: a PDF/A-3 with the CII document inside. */
  async facturX(ctx: RequestContext, { buyerReference, ...access }: EInvoiceAccess): Promise<EInvoiceResult> {
    const invoice = await this.#files.find(ctx, { ...access, signature: null });
    if (!invoice) return ok(null);
    const document = eInvoiceOf(invoice, buyerReference);
    const broken = brokenRules(document);
    if (broken.length > 0) return err(invalid(broken));
    const pdf = await renderFacturX(invoice, document, ciiOf(document));
    return ok({ name: `${invoice.number}-factur-x.pdf`, content: pdf.toString('base64') });
  }
}

const SHOWN = 10;

function invalid(broken: readonly BrokenRule[]): Failure<'E_INVOICE_INVALID'> {
  const unique = new Set(broken.map(({ rule, message }) => `${rule}: ${message}`));
  return failure('E_INVOICE_INVALID', [...unique].slice(0, SHOWN).join('. '), ['id']);
}
