import type { RequestContext } from '@souk/kit/context';
import { presentConnection, RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PresentedProduct } from '../product/product.presenter.ts';
import { ProductType } from '../product/product.types.ts';
import { ProductReviewsArgs } from './review.inputs.ts';
import { presentRating, presentReview } from './review.presenter.ts';
import type { StoredReview } from './review.repository.ts';
import type { ReviewService } from './review.service.ts';
import { ProductRatingType, ReviewConnection, ReviewType } from './review.types.ts';

/** Resolves the reviews of a product. The rating is part of the product's row. */
@Resolver(() => ProductType)
export class ProductReviewsResolver {
  readonly #reviews: ReviewService;
  readonly #own: RequestLoader<string, StoredReview>;

  constructor(reviews: ReviewService) {
    this.#reviews = reviews;
    this.#own = new RequestLoader((ctx, productIds) => reviews.own(ctx, productIds));
  }

  @FieldResolver(() => ProductRatingType)
  rating(@Root() { loaded }: PresentedProduct): ProductRatingType {
    return presentRating(loaded.row.ratingCounts);
  }

  @FieldResolver(() => ReviewConnection, { description: 'The published reviews.' })
  async reviews(
    @Root() { id }: PresentedProduct,
    @Args(() => ProductReviewsArgs) { sort, ...page }: ProductReviewsArgs,
    @Ctx() ctx: RequestContext,
  ) {
    const found = await this.#reviews.ofProduct(ctx, id, sort ?? 'NEWEST', page);
    return presentConnection(valueOrThrow(found), presentReview);
  }

  @Directive('@cacheControl(maxAge: 0)')
  @FieldResolver(() => ReviewType, {
    nullable: true,
    description: 'The review that the calling customer wrote, in any status. Null for callers who are not customers.',
  })
  async myReview(@Root() { id }: PresentedProduct, @Ctx() ctx: RequestContext): Promise<ReviewType | null> {
    const found = await this.#own.load(ctx, id);
    return found && presentReview(found);
  }
}
