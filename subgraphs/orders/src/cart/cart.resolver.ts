import type { RequestContext } from '@souk/kit/context';
import { requireId } from '@souk/kit/graphql';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { addressOf } from '../address/postal-address.presenter.ts';
import { respond } from '../user-errors.ts';
import {
  CartAddressSetInput,
  CartCreateInput,
  CartLinesAddInput,
  CartLinesRemoveInput,
  CartLinesUpdateInput,
  CartShippingMethodSetInput,
} from './cart.inputs.ts';
import {
  CartAddressSetPayload,
  CartCreatePayload,
  CartLinesAddPayload,
  CartLinesRemovePayload,
  CartLinesUpdatePayload,
  CartShippingMethodSetPayload,
} from './cart-payloads.types.ts';
import { linesOf, presentCart } from './cart.presenter.ts';
import type { CartLinesResult, CartResult, CartService } from './cart.service.ts';
import type { ChangedCart, PricedCart } from './cart.ts';
import { CartType, CartWarningType } from './cart.types.ts';

@Resolver(() => CartType)
export class CartResolver {
  constructor(private readonly carts: CartService) {}

  @Query(() => CartType, { nullable: true, description: 'A cart by its id, which only its buyer knows.' })
  async cart(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext) {
    const found = await this.carts.find(context, requireId('id', id));
    return found && presentCart(found);
  }

  @FieldResolver(() => [CartWarningType], {
    description: 'At most one for each line: it asks for more than can be sold now, and the checkout will refuse it.',
  })
  warnings(@Root() cart: CartType, @Ctx() context: RequestContext) {
    return cart.knownWarnings ?? this.carts.warningsOf(context, linesOf(cart));
  }

  @Mutation(() => CartCreatePayload, { nullable: true, description: 'Opens a cart, with or without lines.' })
  cartCreate(@Arg('input', () => CartCreateInput) input: CartCreateInput, @Ctx() context: RequestContext) {
    return respondWithLines(input, () => this.carts.create(context, input));
  }

  @Mutation(() => CartLinesAddPayload, {
    nullable: true,
    description: 'Adds variants; all of them or none. Every line gets the price of today.',
  })
  cartLinesAdd(@Arg('input', () => CartLinesAddInput) input: CartLinesAddInput, @Ctx() context: RequestContext) {
    return respondWithLines(input, () => this.carts.addLines(context, input));
  }

  @Mutation(() => CartLinesUpdatePayload, {
    nullable: true,
    description: 'Sets quantities. Every line gets the price of today.',
  })
  cartLinesUpdate(
    @Arg('input', () => CartLinesUpdateInput) input: CartLinesUpdateInput,
    @Ctx() context: RequestContext,
  ) {
    return respondWithLines(input, () => this.carts.updateLines(context, input));
  }

  @Mutation(() => CartLinesRemovePayload, {
    nullable: true,
    description: 'Removes lines. The others get the price of today.',
  })
  cartLinesRemove(
    @Arg('input', () => CartLinesRemoveInput) input: CartLinesRemoveInput,
    @Ctx() context: RequestContext,
  ) {
    return respondWithLines(input, () => this.carts.removeLines(context, input));
  }

  @Mutation(() => CartAddressSetPayload, {
    nullable: true,
    description: 'Says who buys, and where the goods and the invoice go.',
  })
  cartAddressSet(@Arg('input', () => CartAddressSetInput) input: CartAddressSetInput, @Ctx() context: RequestContext) {
    return respondWithCart(input, () =>
      this.carts.setAddresses(context, input, {
        email: input.email,
        shippingAddress: addressOf(input.shippingAddress),
        billingAddress: input.billingAddress ? addressOf(input.billingAddress) : null,
      }),
    );
  }

  @Mutation(() => CartShippingMethodSetPayload, {
    nullable: true,
    description: "Chooses one of the cart's `shippingMethods`.",
  })
  cartShippingMethodSet(
    @Arg('input', () => CartShippingMethodSetInput) input: CartShippingMethodSetInput,
    @Ctx() context: RequestContext,
  ) {
    return respondWithCart(input, () => this.carts.setShippingMethod(context, input));
  }
}

function respondWithLines(input: object, work: () => Promise<CartLinesResult>) {
  return respond(input, work, ({ warnings, ...priced }: ChangedCart) => ({
    cart: presentCart(priced, warnings),
    warnings,
  }));
}

function respondWithCart(input: object, work: () => Promise<CartResult>) {
  return respond(input, work, (priced: PricedCart) => ({ cart: presentCart(priced) }));
}
