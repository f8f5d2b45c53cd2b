import type { Clock } from '@souk/kit/domain';
import type { InvoiceService } from '../invoice/invoice.service.ts';
import { InvoiceFileResolver } from './invoice-file.resolver.ts';
import { InvoiceFiles } from './invoice-file.service.ts';
import { InvoiceLinks } from './invoice-link.ts';

/** The GraphQL classes of invoice files. */
export const invoiceFileClasses = { resolvers: [InvoiceFileResolver] as const };

/** Creates the services and resolvers of invoice files. */
export function createInvoiceFiles(
  invoices: InvoiceService,
  { clock, secret }: { readonly clock: Clock; readonly secret: string | null },
) {
  const files = new InvoiceFiles(invoices, new InvoiceLinks(secret), clock);
  return { files, resolvers: [new InvoiceFileResolver(files)] };
}
