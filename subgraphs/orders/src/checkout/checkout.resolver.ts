import type { RequestContext } from '@souk/kit/context';
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { presentOrder } from '../order/order.presenter.ts';
import { respond } from '../user-errors.ts';
import type { CheckoutService } from './checkout.service.ts';
import { CheckoutCompleteInput, CheckoutCompletePayload } from './checkout.types.ts';

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
      'Orders a cart: prices it, holds stock and money, places the order. A refusal releases held stock and money. For a cart that was already ordered it returns that order and charges nothing. An idempotency key belongs to its cart and is valid as long as the cart is kept.',
  })
  checkoutComplete(
    @Arg('input', () => CheckoutCompleteInput) input: CheckoutCompleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.complete(ctx, input),
      ({ order, accessToken }) => ({ order: presentOrder(order), orderAccessToken: accessToken }),
    );
  }
}
