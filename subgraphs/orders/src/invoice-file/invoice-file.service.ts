import type { RequestContext } from '@souk/kit/context';
import type { Clock } from '@souk/kit/domain';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InvoiceLinks } from './invoice-link.ts';
import { renderInvoice } from './render-invoice.service.ts';

/** A file with its bytes in base64. */
export interface FileContent {
  readonly name: string;
  readonly content: string;
}

/** The proof with which a caller gets a file: the access token of the order, or the signature of a link. Staff need neither. */
export interface FileAccess {
  readonly id: string;
  readonly accessToken: string | null;
  readonly signature: string | null;
}

/** Renders the files of invoices. An invoice never changes, so its files are always the same bytes. */
export class InvoiceFiles {
  readonly #invoices: InvoiceService;
  readonly #links: InvoiceLinks;
  readonly #clock: Clock;

  constructor(invoices: InvoiceService, links: InvoiceLinks, clock: Clock) {
    this.#invoices = invoices;
    this.#links = links;
    this.#clock = clock;
  }

  /** The PDF. Null when the invoice is unknown or the caller may not see it. */
  async pdf(ctx: RequestContext, access: FileAccess): Promise<FileContent | null> {
    const invoice = await this.#find(ctx, access);
    if (!invoice) return null;
    return { name: `${invoice.number}.pdf`, content: (await renderInvoice(invoice)).toString('base64') };
  }

  /** The address of the PDF at the gateway, valid for 15 to 30 minutes. The caller must be allowed to see the invoice. */
  pdfUrl({ tenantId }: RequestContext, id: string): string {
    const signature = this.#links.signatureFor(tenantId, id, this.#clock.now());
    return `/api/v1/invoices/${id}/pdf?signature=${signature}`;
  }

  async #find(ctx: RequestContext, { id, accessToken, signature }: FileAccess): Promise<Invoice | null> {
    if (signature !== null && this.#links.opens(signature, ctx.tenantId, id, this.#clock.now())) {
      const [found] = await this.#invoices.loadMany(ctx, [id]);
      return found ?? null;
    }
    return this.#invoices.find(ctx, id, accessToken);
  }
}
