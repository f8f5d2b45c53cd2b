import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OrdersWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import type { OrderAccessService } from './order-access.service.ts';
import { OrderAccessTokenCreateInput, OrderLookUpInput } from './order.inputs.ts';
import { OrderAccessTokenCreatePayload, OrderLookUpPayload } from './order-payloads.types.ts';
import { presentOrder } from './order.presenter.ts';

@Resolver()
export class OrderAccessResolver {
  readonly #service: OrderAccessService;

  constructor(service: OrderAccessService) {
    this.#service = service;
  }

  @Mutation(() => OrderLookUpPayload, {
    nullable: true,
    description:
      'Opens an order for a buyer without an account, by its number and e-mail address. At most 20 times in 15 minutes from one address, and 10 times for one number.',
  })
  orderLookUp(@Arg('input', () => OrderLookUpInput) input: OrderLookUpInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#service.lookUp(ctx, input),
      ({ order, accessToken }) => ({ order: presentOrder(order), orderAccessToken: accessToken }),
    );
  }

  @ForScope(OrdersWrite)
  @Mutation(() => OrderAccessTokenCreatePayload, {
    nullable: true,
    description: 'Creates a new access token for the buyer of an order. The previous token no longer opens the order.',
  })
  orderAccessTokenCreate(
    @Arg('input', () => OrderAccessTokenCreateInput) input: OrderAccessTokenCreateInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#service.renew(ctx, input),
      ({ order, accessToken }) => ({ order: presentOrder(order), orderAccessToken: accessToken }),
    );
  }
}
