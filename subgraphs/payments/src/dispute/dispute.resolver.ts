import type { RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, valueOrThrow } from '@souk/kit/graphql';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { PaymentsRead } from '../contract.ts';
import type { PaymentLoaders } from '../payment/payment.loader.ts';
import { presentPayment } from '../payment/payment.presenter.ts';
import { PaymentType } from '../payment/payment.types.ts';
import { PaymentDisputesArgs } from './dispute.inputs.ts';
import { presentDispute } from './dispute.presenter.ts';
import type { DisputeService } from './dispute.service.ts';
import { PaymentDisputeConnection, PaymentDisputeType } from './dispute.types.ts';

@Resolver(() => PaymentDisputeType)
export class DisputeResolver {
  readonly #disputes: DisputeService;
  readonly #loaders: PaymentLoaders;

  constructor(disputes: DisputeService, loaders: PaymentLoaders) {
    this.#disputes = disputes;
    this.#loaders = loaders;
  }

  @ForScope(PaymentsRead)
  @Query(() => PaymentDisputeConnection, { nullable: true, description: 'Newest first.' })
  async paymentDisputes(
    @Args(() => PaymentDisputesArgs) { filter, ...page }: PaymentDisputesArgs,
    @Ctx() ctx: RequestContext,
  ) {
    return presentConnection(valueOrThrow(await this.#disputes.page(ctx, page, filter ?? {})), presentDispute);
  }

  @FieldResolver(() => PaymentType, { nullable: true })
  async payment(@Root() { paymentId }: PaymentDisputeType, @Ctx() ctx: RequestContext) {
    const found = await this.#loaders.byId.load(ctx, paymentId);
    return found && presentPayment(found);
  }
}

/** Resolves the disputes of a payment, for staff. */
@Resolver(() => PaymentType)
export class PaymentDisputesResolver {
  readonly #loaders: PaymentLoaders;

  constructor(loaders: PaymentLoaders) {
    this.#loaders = loaders;
  }

  @ForScope(PaymentsRead)
  @FieldResolver(() => [PaymentDisputeType], {
    nullable: true,
    description: 'The disputes of the payment, oldest first.',
  })
  async disputes(@Root() { id, version }: PaymentType, @Ctx() ctx: RequestContext) {
    return ((await this.#loaders.disputes.load(ctx, { id, version })) ?? []).map(presentDispute);
  }
}
