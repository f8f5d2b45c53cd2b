import type { RequestContext } from '@souk/kit/context';
import { RequestLoader } from '@souk/kit/graphql';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { respond } from '../user-errors.ts';
import { presentMethod, presentSetup } from './saved-method.presenter.ts';
import type { SavedMethodService } from './saved-method.service.ts';
import type { SavedCard, SavedMethod } from './saved-method.ts';
import {
  CustomerStub,
  PaymentMethodConfirmInput,
  PaymentMethodDeleteInput,
  PaymentMethodDeletePayload,
  PaymentMethodSaveInput,
  PaymentMethodSavePayload,
  SavedCardType,
  SavedPaymentMethodType,
} from './saved-method.types.ts';

type CardKey = Pick<SavedMethod, 'provider' | 'customerReference'>;
const nameOf = ({ provider, customerReference }: CardKey) => `${provider} ${customerReference}`;

/** Loads the cards of the customers of a request, with one call to the provider for each customer. */
export function cardLoader(methods: SavedMethodService): RequestLoader<CardKey, ReadonlyMap<string, SavedCard>> {
  return new RequestLoader(async (ctx, keys: readonly CardKey[]) => {
    const entries = keys.map(async (key) => [nameOf(key), await methods.cardsOf(ctx, key)] as const);
    return new Map(await Promise.all(entries));
  }, nameOf);
}

@Resolver(() => CustomerStub)
export class CustomerMethodsResolver {
  readonly #methods: SavedMethodService;

  constructor(methods: SavedMethodService) {
    this.#methods = methods;
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [SavedPaymentMethodType], {
    nullable: true,
    description: 'The saved payment methods, at most 20, the oldest first. For the customer only.',
  })
  async paymentMethods(@Root() { id }: CustomerStub, @Ctx() ctx: RequestContext) {
    return (await this.#methods.ofCustomer(ctx, id)).map(presentMethod);
  }
}

@Resolver(() => SavedPaymentMethodType)
export class SavedMethodResolver {
  readonly #methods: SavedMethodService;
  readonly #cards: RequestLoader<CardKey, ReadonlyMap<string, SavedCard>>;

  constructor(methods: SavedMethodService, cards: RequestLoader<CardKey, ReadonlyMap<string, SavedCard>>) {
    this.#methods = methods;
    this.#cards = cards;
  }

  @FieldResolver(() => SavedCardType, {
    nullable: true,
    description: 'Asked for at the provider. Null when the provider does not answer, and for other methods than cards.',
  })
  async card(@Root() { method }: SavedPaymentMethodType, @Ctx() ctx: RequestContext) {
    return (await this.#cards.load(ctx, method))?.get(method.reference) ?? null;
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 50)')
  @Mutation(() => PaymentMethodSavePayload, {
    nullable: true,
    description:
      'Saves a payment method of the customer who is logged in, for later orders. When the provider needs the customer, it returns a `nextAction`: confirm the attempt afterwards. A customer keeps at most 20 methods, and tries at most 10 times in 24 hours.',
  })
  paymentMethodSave(
    @Arg('input', () => PaymentMethodSaveInput) input: PaymentMethodSaveInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#methods.save(ctx, input), presentSetup);
  }

  @Directive('@authenticated')
  @Mutation(() => PaymentMethodSavePayload, {
    nullable: true,
    description:
      'Asks the provider for the outcome of an attempt to save a payment method. The method is also saved when the customer does not return.',
  })
  paymentMethodConfirm(
    @Arg('input', () => PaymentMethodConfirmInput) input: PaymentMethodConfirmInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(input, () => this.#methods.confirm(ctx, input.setupId), presentSetup);
  }

  @Directive('@authenticated')
  @Mutation(() => PaymentMethodDeletePayload, {
    nullable: true,
    description: 'Deletes a payment method of the customer who is logged in, also at the provider.',
  })
  paymentMethodDelete(
    @Arg('input', () => PaymentMethodDeleteInput) input: PaymentMethodDeleteInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#methods.delete(ctx, input.id),
      (deletedId) => ({ deletedId }),
    );
  }
}
