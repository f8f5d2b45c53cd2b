import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { addressOf } from '@souk/kit/graphql';
import type { CartService } from '../cart/cart.service.ts';
import { presentCart } from '../cart/cart.presenter.ts';
import type { PricedCart } from '../cart/cart.ts';
import { CartType } from '../cart/cart.types.ts';
import { presentCheckout } from '../checkout/checkout.presenter.ts';
import { OrdersRead, OrdersWrite } from '../contract.ts';
import type { OrderLoader } from '../order/order.loader.ts';
import { presentOrder } from '../order/order.presenter.ts';
import { OrderType } from '../order/order.types.ts';
import { respond } from '../user-errors.ts';
import {
  DraftOrderCompleteInput,
  DraftOrderCreateInput,
  DraftOrderDeleteInput,
  DraftOrderLinesSetInput,
  DraftOrdersArgs,
  DraftOrderUpdateInput,
} from './draft-order.inputs.ts';
import { presentDraft, presentDraftPayload } from './draft-order.presenter.ts';
import type { DraftOrderService } from './draft-order.service.ts';
import {
  DraftOrderCompletePayload,
  DraftOrderConnection,
  DraftOrderCreatePayload,
  DraftOrderDeletePayload,
  DraftOrderLinesSetPayload,
  DraftOrderType,
  DraftOrderUpdatePayload,
} from './draft-order.types.ts';

@Resolver(() => DraftOrderType)
export class DraftOrderResolver {
  readonly #service: DraftOrderService;
  readonly #carts: RequestLoader<string, PricedCart>;
  readonly #orders: OrderLoader;

  constructor(service: DraftOrderService, carts: CartService, orders: OrderLoader) {
    this.#service = service;
    this.#carts = new RequestLoader((ctx, ids) => carts.findMany(ctx, ids));
    this.#orders = orders;
  }

  @ForScope(OrdersRead)
  @Query(() => DraftOrderType, { nullable: true, description: 'For staff. Null for an unknown draft.' })
  async draftOrder(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<DraftOrderType | null> {
    const found = await this.#service.find(ctx, requireId('id', id));
    return found && presentDraft(found);
  }

  @ForScope(OrdersRead)
  @Query(() => DraftOrderConnection, {
    nullable: true,
    description: 'The draft orders of the tenant, the newest first, for staff.',
  })
  async draftOrders(@Args(() => DraftOrdersArgs) { filter, ...request }: DraftOrdersArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#service.page(ctx, filter ?? {}, request)), presentDraft);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => DraftOrderCreatePayload, {
    nullable: true,
    description: 'Prepares an order. The buyer pays the draft by the link in `paymentPath`.',
  })
  draftOrderCreate(
    @Arg('input', () => DraftOrderCreateInput) input: DraftOrderCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.create(ctx, input), presentDraftPayload);
  }

  @ForScope(OrdersWrite)
  @Mutation(() => DraftOrderUpdatePayload, {
    nullable: true,
    description:
      'Changes e-mail address, addresses, shipping method and expiry of a draft. Every line gets the current price.',
  })
  draftOrderUpdate(
    @Arg('input', () => DraftOrderUpdateInput) input: DraftOrderUpdateInput,
    @Ctx() ctx: RequestContext,
  ) {
    const { shippingAddress, billingAddress, ...others } = input;
    const change = {
      ...others,
      ...(shippingAddress !== undefined && { shippingAddress: shippingAddress && addressOf(shippingAddress) }),
      ...(billingAddress !== undefined && { billingAddress: billingAddress && addressOf(billingAddress) }),
    };
    return respond(input, () => this.#service.update(ctx, change), this.#presentChanged(ctx));
  }

  @ForScope(OrdersWrite)
  @Mutation(() => DraftOrderLinesSetPayload, {
    nullable: true,
    description: 'Replaces the lines of a draft. Every line gets the current price, or the price that staff agreed on.',
  })
  draftOrderLinesSet(
    @Arg('input', () => DraftOrderLinesSetInput) input: DraftOrderLinesSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.setLines(ctx, input), this.#presentChanged(ctx));
  }

  @ForScope(OrdersWrite)
  @Mutation(() => DraftOrderDeletePayload, {
    nullable: true,
    description: 'Deletes a draft. Its payment link leads to an empty cart.',
  })
  draftOrderDelete(
    @Arg('input', () => DraftOrderDeleteInput) input: DraftOrderDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @ForScope(OrdersWrite)
  @Directive('@cost(weight: 100)')
  @Mutation(() => DraftOrderCompletePayload, {
    nullable: true,
    description:
      'Orders a draft with a payment that staff enter. The same checkout as `checkoutComplete`, with its refusals.',
  })
  draftOrderComplete(
    @Arg('input', () => DraftOrderCompleteInput) input: DraftOrderCompleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.complete(ctx, input), presentCheckout);
  }

  /** Clears the cart from the loader's cache, because an earlier mutation of the same request may have loaded the old state of the cart. */
  #presentChanged(ctx: RequestContext): typeof presentDraftPayload {
    return (draft) => {
      if (draft) this.#carts.clear(ctx, draft.cart_id);
      return presentDraftPayload(draft);
    };
  }

  @FieldResolver(() => Int, { description: 'The version of the cart: a change by the buyer counts too.' })
  async version(@Root() { cartId }: DraftOrderType, @Ctx() ctx: RequestContext): Promise<number> {
    return (await this.#cartOf(cartId, ctx)).cart.version;
  }

  @FieldResolver(() => CartType, { description: 'The lines, the addresses and the amounts of the draft.' })
  async cart(@Root() { cartId }: DraftOrderType, @Ctx() ctx: RequestContext): Promise<CartType> {
    return presentCart(await this.#cartOf(cartId, ctx));
  }

  @FieldResolver(() => OrderType, { nullable: true, description: 'The order that the draft became.' })
  async order(@Root() { orderId }: DraftOrderType, @Ctx() ctx: RequestContext): Promise<OrderType | null> {
    const view = orderId === null ? null : await this.#orders.load(ctx, orderId);
    return view && presentOrder(view);
  }

  async #cartOf(cartId: string, ctx: RequestContext): Promise<PricedCart> {
    const priced = await this.#carts.load(ctx, cartId);
    if (!priced) throw new Error('The cart of a draft order is gone'); // a foreign key keeps it
    return priced;
  }
}
