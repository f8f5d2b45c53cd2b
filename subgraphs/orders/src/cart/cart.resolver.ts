import type { RequestContext } from '@souk/kit/context';
import { moneyFromDecimal } from '@souk/kit/domain';
import { requireId, addressOf } from '@souk/kit/graphql';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { respond } from '../user-errors.ts';
import {
  CartAddressSetInput,
  CartCreateInput,
  CartDiscountCodesSetInput,
  CartLinesAddInput,
  CartLinesRemoveInput,
  CartLinesUpdateInput,
  CartRemarksSetInput,
  CartShippingMethodSetInput,
  CartTaxIdSetInput,
} from './cart.inputs.ts';
import {
  CartAddressSetPayload,
  CartCreatePayload,
  CartDiscountCodesSetPayload,
  CartLinesAddPayload,
  CartLinesRemovePayload,
  CartLinesUpdatePayload,
  CartRemarksSetPayload,
  CartShippingMethodSetPayload,
  CartTaxIdSetPayload,
} from './cart-payloads.types.ts';
import { linesOf, presentCart } from './cart.presenter.ts';
import type { CartLinesResult, CartResult, CartService } from './cart.service.ts';
import type { ChangedCart, PricedCart } from './cart.ts';
import { CartType, CartWarningType } from './cart.types.ts';
import { CartPaymentMethodType } from './payment-method.types.ts';
import type { PaymentMethods } from './payment-methods.service.ts';

@Resolver(() => CartType)
export class CartResolver {
  readonly #carts: CartService;
  readonly #paymentMethods: PaymentMethods;

  constructor(carts: CartService, paymentMethods: PaymentMethods) {
    this.#carts = carts;
    this.#paymentMethods = paymentMethods;
  }

  @Query(() => CartType, { nullable: true, description: 'Returns a cart by its id, which only its buyer knows.' })
  async cart(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#carts.find(ctx, requireId('id', id));
    return found && presentCart(found);
  }

  @FieldResolver(() => [CartWarningType], {
    description: 'At most one for each line: the line asks for more units than can be sold now.',
  })
  warnings(@Root() cart: CartType, @Ctx() ctx: RequestContext) {
    return cart.knownWarnings ?? this.#carts.warningsOf(ctx, cart.id, linesOf(cart));
  }

  @FieldResolver(() => [CartPaymentMethodType], {
    nullable: true,
    description: 'The providers that take the total, at most one entry for each. Empty when there is nothing to pay.',
  })
  paymentMethods(@Root() { totals: { total } }: CartType, @Ctx() ctx: RequestContext) {
    return this.#paymentMethods.of(ctx, moneyFromDecimal(total.amount, total.currencyCode));
  }

  @Mutation(() => CartCreatePayload, { nullable: true, description: 'Opens a cart, with or without lines.' })
  cartCreate(@Arg('input', () => CartCreateInput) input: CartCreateInput, @Ctx() ctx: RequestContext) {
    return respondWithLines(input, () => this.#carts.create(ctx, input));
  }

  @Mutation(() => CartLinesAddPayload, {
    nullable: true,
    description: 'Adds variants, all of them or none. Every line gets the current price.',
  })
  cartLinesAdd(@Arg('input', () => CartLinesAddInput) input: CartLinesAddInput, @Ctx() ctx: RequestContext) {
    return respondWithLines(input, () => this.#carts.addLines(ctx, input));
  }

  @Mutation(() => CartLinesUpdatePayload, {
    nullable: true,
    description: 'Sets quantities. Every line gets the current price.',
  })
  cartLinesUpdate(@Arg('input', () => CartLinesUpdateInput) input: CartLinesUpdateInput, @Ctx() ctx: RequestContext) {
    return respondWithLines(input, () => this.#carts.updateLines(ctx, input));
  }

  @Mutation(() => CartLinesRemovePayload, {
    nullable: true,
    description: 'Removes lines. The other lines get the current price.',
  })
  cartLinesRemove(@Arg('input', () => CartLinesRemoveInput) input: CartLinesRemoveInput, @Ctx() ctx: RequestContext) {
    return respondWithLines(input, () => this.#carts.removeLines(ctx, input));
  }

  @Mutation(() => CartAddressSetPayload, {
    nullable: true,
    description: 'Sets the e-mail address, the shipping address and the billing address.',
  })
  cartAddressSet(@Arg('input', () => CartAddressSetInput) input: CartAddressSetInput, @Ctx() ctx: RequestContext) {
    return respondWithCart(input, () =>
      this.#carts.setAddresses(ctx, input, {
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
    @Ctx() ctx: RequestContext,
  ) {
    return respondWithCart(input, () => this.#carts.setShippingMethod(ctx, input));
  }

  @Mutation(() => CartTaxIdSetPayload, {
    nullable: true,
    description:
      "Sets the VAT id of a company that buys. With the VAT id of another EU country than the shop's, goods to another EU country are sold without tax, because the buyer accounts for the tax. Format and check digits are checked, not the registration.",
  })
  cartTaxIdSet(@Arg('input', () => CartTaxIdSetInput) input: CartTaxIdSetInput, @Ctx() ctx: RequestContext) {
    return respondWithCart(input, () => this.#carts.setTaxId(ctx, input, input.taxId ?? null));
  }

  @Mutation(() => CartRemarksSetPayload, {
    nullable: true,
    description: "Sets the buyer's note, the purchase order number and the attributes, which the order gets.",
  })
  cartRemarksSet(@Arg('input', () => CartRemarksSetInput) input: CartRemarksSetInput, @Ctx() ctx: RequestContext) {
    return respondWithCart(input, () => this.#carts.setRemarks(ctx, input));
  }

  @Mutation(() => CartDiscountCodesSetPayload, {
    nullable: true,
    description:
      'Replaces the discount codes. A code that does not apply stays with the reason in `cart.discountCodes`. An unknown code is refused.',
  })
  cartDiscountCodesSet(
    @Arg('input', () => CartDiscountCodesSetInput) input: CartDiscountCodesSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respondWithCart(input, () => this.#carts.setDiscountCodes(ctx, input));
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
