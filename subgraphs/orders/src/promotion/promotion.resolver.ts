import type { RequestContext } from '@souk/kit/context';
import { ForScope, PageArgs, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { PromotionsRead, PromotionsWrite } from '../contract.ts';
import { respond } from '../user-errors.ts';
import { PromotionCreateInput, PromotionDeleteInput, PromotionUpdateInput } from './promotion.inputs.ts';
import { changesOf, presentPromotion } from './promotion.presenter.ts';
import type { PromotionService } from './promotion.service.ts';
import type { StoredPromotion } from './promotion.ts';
import {
  PromotionConnection,
  PromotionCreatePayload,
  PromotionDeletePayload,
  PromotionType,
  PromotionUpdatePayload,
} from './promotion.types.ts';

@Resolver(() => PromotionType)
export class PromotionResolver {
  readonly #promotions: PromotionService;

  constructor(promotions: PromotionService) {
    this.#promotions = promotions;
  }

  @ForScope(PromotionsRead)
  @Query(() => PromotionConnection, {
    nullable: true,
    description: 'The promotions of the shop in the order in which they apply.',
  })
  async promotions(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#promotions.page(ctx, page)), presentPromotion);
  }

  @ForScope(PromotionsRead)
  @Query(() => PromotionType, { nullable: true, description: 'Returns a promotion by its id.' })
  async promotion(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    const found = await this.#promotions.find(ctx, requireId('id', id));
    return found && presentPromotion(found);
  }

  @ForScope(PromotionsWrite)
  @Mutation(() => PromotionCreatePayload, {
    nullable: true,
    description: 'Adds a promotion. Carts use an active promotion at once.',
  })
  promotionCreate(@Arg('input', () => PromotionCreateInput) input: PromotionCreateInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#promotions.create(ctx, input), presentPayload);
  }

  @ForScope(PromotionsWrite)
  @Mutation(() => PromotionUpdatePayload, {
    nullable: true,
    description: 'Changes a promotion. Carts use the change at once, orders keep their discounts.',
  })
  promotionUpdate(@Arg('input', () => PromotionUpdateInput) input: PromotionUpdateInput, @Ctx() ctx: RequestContext) {
    return respond(input, () => this.#promotions.update(ctx, input, changesOf(input)), presentPayload);
  }

  @ForScope(PromotionsWrite)
  @Mutation(() => PromotionDeletePayload, {
    nullable: true,
    description: 'Deletes a promotion and the record of its uses. Orders keep their discounts.',
  })
  promotionDelete(@Arg('input', () => PromotionDeleteInput) input: PromotionDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#promotions.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }
}

function presentPayload(promotion: StoredPromotion) {
  return { promotion: presentPromotion(promotion) };
}
