import type { RequestContext } from '@souk/kit/context';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { presentCheckout } from './checkout.presenter.ts';
import type { CheckoutService } from './checkout.service.ts';
import {
  CheckoutCancelInput,
  CheckoutCancelPayload,
  CheckoutCompleteInput,
  CheckoutCompletePayload,
} from './checkout.types.ts';

@Resolver()
export class CheckoutResolver {
  readonly #service: CheckoutService;

  constructor(service: CheckoutService) {
    this.#service = service;
  }

  @Directive('@cost(weight: 100)')
  @Mutation(() => CheckoutCompletePayload, {
    nullable: true,
    description:
      'Orders a cart: prices it, holds stock and money, places the order. When the payment needs the buyer, it returns a `nextAction`; send the same input again afterwards. A refusal releases held stock and money. For a cart that was already ordered it returns that order and charges nothing. An idempotency key belongs to its cart and is valid as long as the cart is kept.',
  })
  checkoutComplete(
    @Arg('input', () => CheckoutCompleteInput) input: CheckoutCompleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#service.complete(ctx, input), presentCheckout);
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => CheckoutCancelPayload, {
    nullable: true,
    description:
      'Ends a checkout that waits for its payment, for instance because the buyer chooses another card. Releases stock and money. A cart without such a checkout stays as it is.',
  })
  checkoutCancel(@Arg('input', () => CheckoutCancelInput) input: CheckoutCancelInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#service.cancel(ctx, input.cartId), presentCheckout);
  }
}
