import { mayReadPart, type RequestContext } from '@souk/kit/context';
import { ForScope, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { PaymentsRead, PaymentsWrite } from '../contract.ts';
import { respond, UserError } from '../user-errors.ts';
import type { PaymentReader } from './payment-reader.service.ts';
import type { PaymentRecord } from './payment-records.repository.ts';
import { PaymentCaptureInput, PaymentRefundInput, PaymentsArgs, PaymentVoidInput } from './payment.inputs.ts';
import type { PaymentLoaders } from './payment.loader.ts';
import { presentPayment, presentTransaction } from './payment.presenter.ts';
import { OrderStub, PaymentConnection, PaymentTransactionType, PaymentType } from './payment.types.ts';
import type { StaffPaymentService } from './staff-payment.service.ts';

@ObjectType({ simpleResolvers: true })
class PaymentPayload {
  @Field(() => PaymentType, { nullable: true })
  payment?: PaymentType | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@Resolver(() => PaymentType)
export class PaymentResolver {
  readonly #reader: PaymentReader;
  readonly #steps: StaffPaymentService;
  readonly #loaders: PaymentLoaders;

  constructor(reader: PaymentReader, steps: StaffPaymentService, loaders: PaymentLoaders) {
    this.#reader = reader;
    this.#steps = steps;
    this.#loaders = loaders;
  }

  @ForScope(PaymentsRead)
  @Query(() => PaymentType, { nullable: true })
  async payment(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#reader.find(ctx, requireId('id', id));
    return found && presentPayment(found);
  }

  @ForScope(PaymentsRead)
  @Query(() => PaymentConnection, { nullable: true, description: 'Newest first.' })
  async payments(@Args(() => PaymentsArgs) { filter, ...page }: PaymentsArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#reader.page(ctx, page, filter ?? {})), presentPayment);
  }

  @FieldResolver(() => [PaymentTransactionType], { description: 'The steps at the provider, oldest first.' })
  async transactions(@Root() { id, version }: PaymentType, @Ctx() ctx: RequestContext) {
    const found = await this.#loaders.transactions.load(ctx, { id, version });
    return (found ?? []).map((row) => presentTransaction(ctx, row));
  }

  @ForScope(PaymentsWrite)
  @Mutation(() => PaymentPayload, { nullable: true, description: 'Captures authorized money, all of it or a part.' })
  paymentCapture(@Arg('input', () => PaymentCaptureInput) input: PaymentCaptureInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#steps.capture(ctx, input), payload);
  }

  @ForScope(PaymentsWrite)
  @Mutation(() => PaymentPayload, { nullable: true, description: 'Refunds captured money, all of it or a part.' })
  paymentRefund(@Arg('input', () => PaymentRefundInput) input: PaymentRefundInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#steps.refund(ctx, input), payload);
  }

  @ForScope(PaymentsWrite)
  @Mutation(() => PaymentPayload, {
    nullable: true,
    description: 'Releases an authorization that was not captured, not even in part.',
  })
  paymentVoid(@Arg('input', () => PaymentVoidInput) input: PaymentVoidInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#steps.void(ctx, input), payload);
  }
}

@Resolver(() => OrderStub)
export class OrderPaymentsResolver {
  readonly #loaders: PaymentLoaders;

  constructor(loaders: PaymentLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => [PaymentType], {
    nullable: true,
    description: 'Every attempt to pay the order, oldest first. Null for staff without the scope `payments:read`.',
  })
  async payments(@Root() { id }: OrderStub, @Ctx() ctx: RequestContext) {
    if (!mayReadPart(ctx, PaymentsRead)) return null;
    return (await this.#loaders.byOrderId.load(ctx, id))?.map(presentPayment) ?? [];
  }
}

const payload = (record: PaymentRecord) => ({ payment: presentPayment(record) });
