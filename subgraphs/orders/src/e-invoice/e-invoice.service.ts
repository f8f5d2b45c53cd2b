import type { RequestContext } from '@souk/kit/context';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { FileContent, InvoiceFiles } from '../invoice-file/invoice-file.service.ts';
import { brokenRules, brokenXRechnungRules, type BrokenRule } from './business-rules.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { ciiOf } from './cii.ts';
import { eInvoiceOf } from './e-invoice-model.ts';
import { renderFacturX } from './render-factur-x.service.ts';
import type { EInvoice } from './e-invoice.ts';
import { ublOf } from './ubl.ts';

/** The request for an electronic invoice. Callers who are not staff must send the order's access token. */
export interface EInvoiceAccess {
  readonly id: string;
  readonly accessToken: string | null;
  /** BT-10. Null: the purchase order number of the order. */
  readonly buyerReference: string | null;
}

type EInvoiceResult = Result<FileContent | null, Failure<'E_INVOICE_INVALID'>>;

interface WrittenFile {
  readonly name: string;
  readonly content: Buffer;
}

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
  xRechnung(ctx: RequestContext, access: EInvoiceAccess): Promise<EInvoiceResult> {
    const rulesOf = (document: EInvoice) => [...brokenRules(document), ...brokenXRechnungRules(document)];
    return this.#fileOf(ctx, access, rulesOf, (invoice, document) => ({
      name: `${invoice.number}.xml`,
      content: Buffer.from(ublOf(document)),
    }));
  }

  /** The Factur-X file of an invoice or a credit note: a PDF/A-3 with the CII document inside. */
  facturX(ctx: RequestContext, access: EInvoiceAccess): Promise<EInvoiceResult> {
    return this.#fileOf(ctx, access, brokenRules, async (invoice, document) => ({
      name: `${invoice.number}-factur-x.pdf`,
      content: await renderFacturX(invoice, document, ciiOf(document)),
    }));
  }

  async #fileOf(
    ctx: RequestContext,
    { buyerReference, ...access }: EInvoiceAccess,
    rulesOf: (document: EInvoice) => readonly BrokenRule[],
    write: (invoice: Invoice, document: EInvoice) => WrittenFile | Promise<WrittenFile>,
  ): Promise<EInvoiceResult> {
    const invoice = await this.#files.find(ctx, { ...access, signature: null });
    if (!invoice) return ok(null);
    const document = eInvoiceOf(invoice, buyerReference);
    const broken = rulesOf(document);
    if (broken.length > 0) return err(invalid(broken));
    const { name, content } = await write(invoice, document);
    return ok({ name, content: content.toString('base64') });
  }
}

const SHOWN = 10;

function invalid(broken: readonly BrokenRule[]): Failure<'E_INVOICE_INVALID'> {
  const unique = new Set(broken.map(({ rule, message }) => `${rule}: ${message}`));
  return failure('E_INVOICE_INVALID', [...unique].slice(0, SHOWN).join('. '), ['id']);
}
