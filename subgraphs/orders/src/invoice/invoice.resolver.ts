import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { InvoicesRead, InvoicesWrite } from '../contract.ts';
import { presentOrder } from '../order/order.presenter.ts';
import { OrderType } from '../order/order.types.ts';
import { respond } from '../user-errors.ts';
import { InvoiceCreateInput, InvoicesArgs } from './invoice.inputs.ts';
import type { InvoiceOrderLoader, OrderInvoicesLoader } from './invoice.loader.ts';
import { InvoiceCreatePayload } from './invoice-payloads.types.ts';
import { presentInvoice } from './invoice.presenter.ts';
import type { InvoiceService } from './invoice.service.ts';
import { InvoiceConnection, InvoiceObjectType } from './invoice.types.ts';

const ACCESS_TOKEN = 'For buyers: the `orderAccessToken` of the order. Staff leave it out.';

@Resolver(() => InvoiceObjectType)
export class InvoiceResolver {
  readonly #invoices: InvoiceService;
  readonly #orders: InvoiceOrderLoader;
  readonly #ofOrders: OrderInvoicesLoader;

  constructor(invoices: InvoiceService, orders: InvoiceOrderLoader, ofOrders: OrderInvoicesLoader) {
    this.#invoices = invoices;
    this.#orders = orders;
    this.#ofOrders = ofOrders;
  }

  @ForScope(InvoicesRead)
  @Query(() => InvoiceConnection, { nullable: true, description: 'Invoices and credit notes, the newest first.' })
  async invoices(@Args(() => InvoicesArgs) { filter, ...page }: InvoicesArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#invoices.page(ctx, filter ?? {}, page)), presentInvoice);
  }

  @Query(() => InvoiceObjectType, { nullable: true, description: 'An invoice or a credit note.' })
  async invoice(
    @Arg('id', () => ID) id: string,
    @Arg('accessToken', () => String, { nullable: true, description: ACCESS_TOKEN }) accessToken:
      | string
      | null
      | undefined,
    @Ctx() ctx: RequestContext,
  ): Promise<InvoiceObjectType | null> {
    const found = await this.#invoices.find(ctx, requireId('id', id), accessToken ?? null);
    return found && presentInvoice(found);
  }

  @ForScope(InvoicesWrite)
  @Mutation(() => InvoiceCreatePayload, {
    nullable: true,
    description: 'Issues the invoice of an order, paid or not. An order has one invoice.',
  })
  invoiceCreate(@Arg('input', () => InvoiceCreateInput) input: InvoiceCreateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#invoices.create(ctx, input),
      (invoice) => ({ invoice: presentInvoice(invoice) }),
    );
  }

  @FieldResolver(() => OrderType, { nullable: true })
  async order(@Root() { orderId }: InvoiceObjectType, @Ctx() ctx: RequestContext): Promise<OrderType | null> {
    const view = await this.#orders.load(ctx, orderId);
    return view ? presentOrder(view) : null;
  }

  @FieldResolver(() => [InvoiceObjectType], {
    description: 'The credit notes of an invoice, the oldest first. At most 100. Empty for credit notes.',
  })
  async creditNotes(@Root() { id, orderId }: InvoiceObjectType, @Ctx() ctx: RequestContext) {
    const known = (await this.#ofOrders.load(ctx, orderId)) ?? [];
    return known.filter(({ invoiceId }) => invoiceId === id).map(presentInvoice);
  }
}
