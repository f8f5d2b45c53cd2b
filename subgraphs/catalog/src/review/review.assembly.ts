import type { ReferenceResolvers } from '@souk/kit/graphql';
import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { CatalogDatabase } from '../database.ts';
import type { ProductLoaders } from '../product/product.loader.ts';
import { ProductReviewsResolver } from './product-reviews.resolver.ts';
import { ReviewModerationService } from './review-moderation.service.ts';
import { presentReview } from './review.presenter.ts';
import { ReviewResolver } from './review.resolver.ts';
import { ReviewService } from './review.service.ts';

/** The GraphQL classes of reviews. */
export const reviewClasses = [ReviewResolver, ProductReviewsResolver] as const;

/** Creates the services and resolvers of reviews. */
export function createReviews(
  {
    unitOfWork,
    commands,
    clock,
  }: Pick<SubgraphDependencies<CatalogDatabase, unknown>, 'unitOfWork' | 'commands' | 'clock'>,
  products: ProductLoaders,
) {
  const reviews = new ReviewService(unitOfWork, commands, clock);
  const moderation = new ReviewModerationService(unitOfWork, clock);
  const references: ReferenceResolvers = {
    Review: async ({ id }, ctx) => {
      const found = await reviews.find(ctx, String(id));
      return found && presentReview(found);
    },
  };
  const productReviews = new ProductReviewsResolver(reviews);
  return { resolvers: [new ReviewResolver(reviews, moderation, products), productReviews] as const, references };
}
