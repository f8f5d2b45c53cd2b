import type { RequestContext } from '@souk/kit/context';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
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
    description: 'The invoice and its credit notes, the oldest first. At most 101.',
  })
  async invoices(@Root() { id }: OrderType, @Ctx() ctx: RequestContext): Promise<InvoiceObjectType[]> {
    return ((await this.#invoices.load(ctx, id)) ?? []).map(presentInvoice);
  }
}
