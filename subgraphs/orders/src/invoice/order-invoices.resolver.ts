import { mayReadPart, type RequestContext } from '@souk/kit/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { InvoicesRead } from '../contract.ts';
import { OrderType } from '../order/order.types.ts';
import type { OrderInvoicesLoader } from './invoice.loader.ts';
import { presentInvoice } from './invoice.presenter.ts';
import { InvoiceObjectType } from './invoice.types.ts';

/** Adds the field `invoices` to orders, with invoices and credit notes. */
@Resolver(() => OrderType)
export class OrderInvoicesResolver {
  readonly #invoices: OrderInvoicesLoader;

  constructor(invoices: OrderInvoicesLoader) {
    this.#invoices = invoices;
  }

  @FieldResolver(() => [InvoiceObjectType], {
    nullable: true,
    description:
      'The invoice and its credit notes, the oldest first. At most 101. Null for staff without the scope `invoices:read`.',
  })
  async invoices(@Root() { id }: OrderType, @Ctx() ctx: RequestContext): Promise<InvoiceObjectType[] | null> {
    if (!mayReadPart(ctx, InvoicesRead)) return null;
    return ((await this.#invoices.load(ctx, id)) ?? []).map(presentInvoice);
  }
}
