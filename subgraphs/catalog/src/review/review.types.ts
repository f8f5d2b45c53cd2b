import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  DateTimeScalar,
  enumOf,
  ForScope,
  NodeType,
  type PresentedUserError,
} from '@souk/kit/graphql';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ReviewsRead, ReviewsWrite } from '../contract.ts';
import { customerStub } from '../node/node.types.ts';
import { errors } from '../user-errors.ts';
import { REVIEW_STATUSES, type ReviewStatus } from './review.machine.ts';
import { REPORT_REASONS, REVIEW_MODERATIONS, REVIEW_SORTS, type ReviewModeration } from './review.policy.ts';

export const ReviewStatusEnum = enumOf(REVIEW_STATUSES);
registerEnumType(ReviewStatusEnum, {
  name: 'ReviewStatus',
  description:
    'PENDING: the shop decides. PUBLISHED: every shopper sees the review. REJECTED: only its author and staff see the review.',
});
export const ReviewModerationEnum = enumOf(REVIEW_MODERATIONS);
registerEnumType(ReviewModerationEnum, {
  name: 'ReviewModeration',
  description:
    'BEFORE_PUBLICATION: a review is visible after staff publish it. AFTER_PUBLICATION: a review is visible at once, and staff may reject it.',
});
export const ReviewReportReasonEnum = enumOf(REPORT_REASONS);
registerEnumType(ReviewReportReasonEnum, {
  name: 'ReviewReportReason',
  description: 'Why a shopper reports a review.',
});
export const ReviewSortEnum = enumOf(REVIEW_SORTS);
registerEnumType(ReviewSortEnum, {
  name: 'ReviewSort',
  description: 'NEWEST: by the first publication. HIGHEST, LOWEST: by the stars.',
});

@Directive('@cost(weight: 0)')
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('ProductRating', { simpleResolvers: true, description: 'The published reviews of a product in numbers.' })
export class ProductRatingType {
  @Field(() => Float, { nullable: true, description: '1 to 5, with at most two decimal places. Null without reviews.' })
  average!: number | null;

  @Field(() => Int, { description: 'The number of published reviews.' })
  count!: number;

  @Field(() => [Int], { description: 'The numbers of reviews with 1, 2, 3, 4 and 5 stars. Always 5.' })
  distribution!: readonly number[];
}

@Directive('@key(fields: "id")')
@Directive('@cacheControl(maxAge: 300)')
@AuditedFor(ReviewsRead)
@ObjectType('Review', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: "A customer's opinion of a product. All texts are plain text: escape them in HTML.",
})
export class ReviewType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: '1 to 5 stars.' })
  rating!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  body!: string;

  @Field(() => String, { description: 'The name that the author chose.' })
  displayName!: string;

  @Field(() => Boolean, {
    description: 'Whether the author had bought the product in this shop when the review was last written.',
  })
  verifiedPurchase!: boolean;

  @Field(() => ReviewStatusEnum)
  status!: ReviewStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Why the shop rejected the review, for its author and for staff.',
  })
  rejectionReason!: string | null;

  @Field(() => DateTimeScalar)
  submittedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The time of the first publication.' })
  publishedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The reply of the shop.' })
  reply!: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  repliedAt!: Date | null;

  @ForScope(ReviewsRead)
  @Field(() => Int, {
    nullable: true,
    description: 'The number of customers who reported the review since staff last published it.',
  })
  reportCount!: number;

  @ForScope(ReviewsRead)
  @Field(() => customerStub, { nullable: true, description: 'The author.' })
  customer!: { readonly id: string };

  /** Not a GraphQL field. The id of the product that the review is about. */
  readonly productId!: string;
}

@ObjectType('ReviewSettings', { simpleResolvers: true, description: 'How the shop treats reviews.' })
export class ReviewSettingsType {
  @Field(() => ReviewModerationEnum)
  moderation!: ReviewModeration;
}

@ObjectType('ReviewReportPayload', { simpleResolvers: true })
export class ReviewReportPayload {
  @Field(() => ID, { nullable: true, description: 'Id of the reported review. Null when the report was refused.' })
  reviewId!: string | null;

  @Field(() => [errors.UserError], { description: 'The reasons for the refusal. Empty when the mutation succeeded.' })
  userErrors!: readonly PresentedUserError[];
}

@ObjectType('ReviewSettingsSetPayload', { simpleResolvers: true })
export class ReviewSettingsSetPayload {
  @ForScope(ReviewsWrite)
  @Field(() => ReviewSettingsType, { nullable: true })
  reviewSettings!: ReviewSettingsType | null;

  @Field(() => [errors.UserError], { description: 'The reasons for the refusal. Empty when the mutation succeeded.' })
  userErrors!: readonly PresentedUserError[];
}

export const { ConnectionType: ReviewConnection } = connectionTypes('Review', ReviewType);
