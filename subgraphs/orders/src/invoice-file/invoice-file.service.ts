import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InvoiceLinks } from './invoice-link.ts';
import { renderInvoice } from './render-invoice.service.ts';

/** The name of a file, and its bytes in base64. */
export interface FileContent {
  readonly name: string;
  readonly content: string;
}

/**
 * The request for the file of an invoice. Callers who are not staff must send either the order's access token or the signature of a link.
 */
export interface FileAccess {
  readonly id: string;
  readonly accessToken: string | null;
  readonly signature: string | null;
}

/** Renders the PDF files of invoices. An invoice never changes, so rendering it again produces the same bytes. */
export class InvoiceFiles {
  readonly #invoices: InvoiceService;
  readonly #links: InvoiceLinks;
  readonly #clock: Clock;

  constructor(invoices: InvoiceService, links: InvoiceLinks, clock: Clock) {
    this.#invoices = invoices;
    this.#links = links;
    this.#clock = clock;
  }

  /** The PDF of an invoice. Null when the invoice is unknown or the caller may not see it. */
  async pdf(ctx: RequestContext, access: FileAccess): Promise<FileContent | null> {
    const invoice = await this.find(ctx, access);
    if (!invoice) return null;
    return { name: `${invoice.number}.pdf`, content: (await renderInvoice(invoice)).toString('base64') };
  }

  /** The signed URL of the PDF at the gateway, valid for 15 to 30 minutes. Call it only for an invoice that the caller may see. */
  pdfUrl({ tenantId }: RequestContext, id: string): string {
    const signature = this.#links.signatureFor(tenantId, id, this.#clock.now());
    return `/api/v1/invoices/${id}/pdf?signature=${signature}`;
  }

  /** Finds an invoice by its id and the rights of the caller. Null when the invoice is unknown or the caller may not see it. */
  async find(ctx: RequestContext, { id, accessToken, signature }: FileAccess): Promise<Invoice | null> {
    if (signature !== null && this.#links.opens(signature, ctx.tenantId, id, this.#clock.now())) {
      const [found] = await this.#invoices.loadMany(ctx, [id]);
      return found ?? null;
    }
    return this.#invoices.find(ctx, id, accessToken);
  }
}
