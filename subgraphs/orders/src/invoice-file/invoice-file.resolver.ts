import type { RequestContext } from '@souk/kit/context';
import { requireId } from '@souk/kit/graphql';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { InvoiceObjectType } from '../invoice/invoice.types.ts';
import type { InvoiceFiles } from './invoice-file.service.ts';
import { InvoiceFileType } from './invoice-file.types.ts';

const ACCESS_TOKEN = 'For buyers: the `orderAccessToken` of the order.';
const SIGNATURE = 'The signature in `Invoice.pdfUrl`.';

/** Adds the field `pdfUrl` to invoices, and the query that downloads the PDF. */
@Resolver(() => InvoiceObjectType)
export class InvoiceFileResolver {
  readonly #files: InvoiceFiles;

  constructor(files: InvoiceFiles) {
    this.#files = files;
  }

  @Query(() => InvoiceFileType, {
    nullable: true,
    description: 'The PDF of an invoice, in the language of the order: English, German, French or Arabic.',
  })
  invoicePdf(
    @Arg('id', () => ID) id: string,
    @Arg('accessToken', () => String, { nullable: true, description: ACCESS_TOKEN }) accessToken: string | undefined,
    @Arg('signature', () => String, { nullable: true, description: SIGNATURE }) signature: string | undefined,
    @Ctx() ctx: RequestContext,
  ): Promise<InvoiceFileType | null> {
    const access = { id: requireId('id', id), accessToken: accessToken ?? null, signature: signature ?? null };
    return this.#files.pdf(ctx, access);
  }

  @FieldResolver(() => String, {
    description:
      'The path of the PDF at the gateway. A browser of the same shop opens it without a login, for at least 15 minutes.',
  })
  pdfUrl(@Root() { id }: InvoiceObjectType, @Ctx() ctx: RequestContext): string {
    return this.#files.pdfUrl(ctx, id);
  }
}
