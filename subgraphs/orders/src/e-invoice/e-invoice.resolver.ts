import type { RequestContext } from '@souk/kit/context';
import { LineField, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import { InvoiceFileType } from '../invoice-file/invoice-file.types.ts';
import type { EInvoiceAccess, EInvoices } from './e-invoice.service.ts';

const BUYER_REFERENCE =
  'The reference of the buyer (BT-10), for German authorities their Leitweg-ID. Default: the purchase order number of the order.';
const FAILURE = 'An invoice that breaks a rule of the standard is an error with the reason E_INVOICE_INVALID.';

@ArgsType()
export class EInvoiceArgs {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'For buyers: the `orderAccessToken` of the order.' })
  accessToken?: string | null;

  @LineField({ nullable: true, max: 100, description: BUYER_REFERENCE })
  buyerReference?: string | null;
}

/** The queries that download electronic invoices. */
@Resolver()
export class EInvoiceResolver {
  readonly #eInvoices: EInvoices;

  constructor(eInvoices: EInvoices) {
    this.#eInvoices = eInvoices;
  }

  @Query(() => InvoiceFileType, {
    nullable: true,
    description: `The XRechnung 3.0 of an invoice or a credit note: EN 16931 in UBL 2.1. ${FAILURE}`,
  })
  async invoiceXRechnung(@Args(() => EInvoiceArgs) args: EInvoiceArgs, @Ctx() ctx: RequestContext) {
    return valueOrThrow(await this.#eInvoices.xRechnung(ctx, accessOf(args)));
  }

  @Query(() => InvoiceFileType, {
    nullable: true,
    description: `The Factur-X (ZUGFeRD) file of an invoice or a credit note: a PDF/A-3 that contains EN 16931 in CII. ${FAILURE}`,
  })
  async invoiceFacturX(@Args(() => EInvoiceArgs) args: EInvoiceArgs, @Ctx() ctx: RequestContext) {
    return valueOrThrow(await this.#eInvoices.facturX(ctx, accessOf(args)));
  }
}

function accessOf({ id, accessToken = null, buyerReference = null }: EInvoiceArgs): EInvoiceAccess {
  return { id: requireId('id', id), accessToken, buyerReference };
}
