import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import { ForScope, presentConnection, requireId, valueOrThrow } from '@souk/kit/graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { ReviewsRead, ReviewsWrite } from '../contract.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import type { ProductLoaders } from '../product/product.loader.ts';
import { presentProduct } from '../product/product.presenter.ts';
import { ProductType } from '../product/product.types.ts';
import { respond } from '../user-errors.ts';
import type { ReviewModerationService } from './review-moderation.service.ts';
import {
  ReviewCreateInput,
  ReviewDeleteInput,
  ReviewPublishInput,
  ReviewRejectInput,
  ReviewReplySetInput,
  ReviewReportInput,
  ReviewsArgs,
  ReviewSettingsSetInput,
  ReviewUpdateInput,
} from './review.inputs.ts';
import { presentReview } from './review.presenter.ts';
import type { ReviewService } from './review.service.ts';
import {
  ReviewConnection,
  ReviewReportPayload,
  ReviewSettingsSetPayload,
  ReviewSettingsType,
  ReviewType,
} from './review.types.ts';

const ReviewCreatePayload = entityPayload('ReviewCreate', 'review', ReviewType);
const ReviewUpdatePayload = entityPayload('ReviewUpdate', 'review', ReviewType);
const ReviewDeletePayload = deletePayload('ReviewDelete');
const ReviewPublishPayload = entityPayload('ReviewPublish', 'review', ReviewType);
const ReviewRejectPayload = entityPayload('ReviewReject', 'review', ReviewType);
const ReviewReplySetPayload = entityPayload('ReviewReplySet', 'review', ReviewType);

@Resolver(() => ReviewType)
export class ReviewResolver {
  readonly #reviews: ReviewService;
  readonly #moderation: ReviewModerationService;
  readonly #products: ProductLoaders;

  constructor(reviews: ReviewService, moderation: ReviewModerationService, products: ProductLoaders) {
    this.#reviews = reviews;
    this.#moderation = moderation;
    this.#products = products;
  }

  @ForScope(ReviewsRead)
  @Query(() => ReviewConnection, {
    nullable: true,
    description: 'All reviews of the shop, the newest first, for staff.',
  })
  async reviews(@Args(() => ReviewsArgs) { filter, ...page }: ReviewsArgs, @Ctx() ctx: RequestContext) {
    if (filter?.productId) requireId('filter.productId', filter.productId);
    return presentConnection(valueOrThrow(await this.#moderation.page(ctx, filter ?? {}, page)), presentReview);
  }

  @Directive('@cacheControl(maxAge: 0)')
  @Query(() => ReviewType, {
    nullable: true,
    description: 'A published review, for its author and for staff any review. Null for every other review.',
  })
  review(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<ReviewType | null> {
    return this.#find(ctx, requireId('id', id));
  }

  @ForScope(ReviewsRead)
  @Query(() => ReviewSettingsType, { nullable: true, description: 'How the shop treats reviews.' })
  async reviewSettings(@Ctx() ctx: RequestContext): Promise<ReviewSettingsType> {
    return { moderation: await this.#moderation.moderation(ctx) };
  }

  @FieldResolver(() => ProductType, {
    nullable: true,
    description: 'Null once shoppers cannot see the product any more.',
  })
  async product(@Root() { productId }: ReviewType, @Ctx() ctx: RequestContext) {
    const product = await this.#products.product.load(ctx, productId);
    return product && presentProduct(product);
  }

  @Directive('@authenticated')
  @Mutation(() => ReviewCreatePayload, {
    nullable: true,
    description:
      "Adds the calling customer's review of a product. Each customer has one review per product, and writes at most 20 reviews in 24 hours.",
  })
  reviewCreate(@Arg('input', () => ReviewCreateInput) input: ReviewCreateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#reviews.create(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => ReviewUpdatePayload, {
    nullable: true,
    description:
      "Changes the calling customer's review. A rejected review, and a review in a shop that approves reviews before their publication, waits for approval.",
  })
  reviewUpdate(@Arg('input', () => ReviewUpdateInput) input: ReviewUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#reviews.update(ctx, input));
  }

  @Directive('@authenticated')
  @Mutation(() => ReviewDeletePayload, {
    nullable: true,
    description: "Deletes the calling customer's review for good.",
  })
  reviewDelete(@Arg('input', () => ReviewDeleteInput) input: ReviewDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#reviews.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  @Directive('@authenticated')
  @Mutation(() => ReviewReportPayload, {
    nullable: true,
    description:
      'Reports a published review to the shop. Each customer counts once, and reports at most 50 reviews in 24 hours.',
  })
  reviewReport(@Arg('input', () => ReviewReportInput) input: ReviewReportInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#reviews.report(ctx, input),
      (reviewId) => ({ reviewId }),
    );
  }

  @ForScope(ReviewsWrite)
  @Mutation(() => ReviewPublishPayload, {
    nullable: true,
    description: 'Publishes a review. Publishing a published review dismisses its reports.',
  })
  reviewPublish(@Arg('input', () => ReviewPublishInput) input: ReviewPublishInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#moderation.publish(ctx, input));
  }

  @ForScope(ReviewsWrite)
  @Mutation(() => ReviewRejectPayload, { nullable: true, description: 'Hides a review from shoppers.' })
  reviewReject(@Arg('input', () => ReviewRejectInput) input: ReviewRejectInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#moderation.reject(ctx, input));
  }

  @ForScope(ReviewsWrite)
  @Mutation(() => ReviewReplySetPayload, { nullable: true, description: 'Sets or removes the reply of the shop.' })
  reviewReplySet(@Arg('input', () => ReviewReplySetInput) input: ReviewReplySetInput, @Ctx() ctx: RequestContext) {
    const { reply, ...review } = input;
    return this.#respond(ctx, input, () => this.#moderation.reply(ctx, { ...review, reply: reply ?? null }));
  }

  @ForScope(ReviewsWrite)
  @Mutation(() => ReviewSettingsSetPayload, {
    nullable: true,
    description: 'Sets when staff approve reviews. Reviews that wait for approval keep waiting.',
  })
  reviewSettingsSet(
    @Arg('input', () => ReviewSettingsSetInput) input: ReviewSettingsSetInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#moderation.setModeration(ctx, input),
      (moderation) => ({ reviewSettings: moderation && { moderation } }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ review: id && this.#find(ctx, id) }));
  }

  async #find(ctx: RequestContext, id: string): Promise<ReviewType | null> {
    const found = await this.#reviews.find(ctx, id);
    return found && presentReview(found);
  }
}
