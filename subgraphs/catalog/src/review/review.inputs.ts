import { IdempotentInput, IdField, IntField, LineField, NestedField, PageArgs, TextField } from '@souk/kit/graphql';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';
import type { ReviewStatus } from './review.machine.ts';
import type { ReportReason, ReviewModeration, ReviewSort } from './review.policy.ts';
import { ReviewModerationEnum, ReviewReportReasonEnum, ReviewSortEnum, ReviewStatusEnum } from './review.types.ts';

const STARS = { min: 1, max: 5, description: '1 to 5 stars.' } as const;
const TITLE = { max: 150 } as const;
const BODY = { max: 5000, description: 'Plain text with line breaks.' } as const;
const DISPLAY_NAME = { max: 80, description: 'The name that other shoppers see.' } as const;

@InputType('ReviewCreateInput')
export class ReviewCreateInput extends IdempotentInput {
  @IdField()
  productId!: string;

  @IntField(STARS)
  rating!: number;

  @LineField(TITLE)
  title!: string;

  @TextField(BODY)
  body!: string;

  @LineField(DISPLAY_NAME)
  displayName!: string;
}

@InputType('ReviewUpdateInput', { description: 'Omitted fields keep their value.' })
export class ReviewUpdateInput extends ChangeInputType {
  @IntField({ ...STARS, omittable: true })
  rating?: number;

  @LineField({ ...TITLE, omittable: true })
  title?: string;

  @TextField({ ...BODY, omittable: true })
  body?: string;

  @LineField({ ...DISPLAY_NAME, omittable: true })
  displayName?: string;
}

@InputType('ReviewDeleteInput')
export class ReviewDeleteInput extends ChangeInputType {}

@InputType('ReviewReportInput')
export class ReviewReportInput extends IdempotentInput {
  @IdField()
  id!: string;

  @Field(() => ReviewReportReasonEnum)
  reason!: ReportReason;

  @TextField({ nullable: true, max: 1000, description: 'An explanation for the shop.' })
  note?: string | null;
}

@InputType('ReviewPublishInput')
export class ReviewPublishInput extends ChangeInputType {}

@InputType('ReviewRejectInput')
export class ReviewRejectInput extends ChangeInputType {
  @TextField({ max: 1000, description: 'The author of the review sees the reason.' })
  reason!: string;
}

@InputType('ReviewReplySetInput')
export class ReviewReplySetInput extends ChangeInputType {
  @TextField({ nullable: true, max: 5000, description: 'Plain text. Null removes the reply.' })
  reply?: string | null;
}

@InputType('ReviewSettingsSetInput')
export class ReviewSettingsSetInput extends IdempotentInput {
  @Field(() => ReviewModerationEnum)
  moderation!: ReviewModeration;
}

@InputType('ReviewFilterInput', { description: 'All conditions must hold.' })
export class ReviewFilterInput {
  @Field(() => ReviewStatusEnum, { nullable: true })
  status?: ReviewStatus | null;

  @Field(() => ID, { nullable: true })
  productId?: string | null;

  @IntField({ ...STARS, nullable: true })
  rating?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether shoppers have reported the review.' })
  reported?: boolean | null;
}

@ArgsType()
export class ReviewsArgs extends PageArgs {
  @NestedField(() => ReviewFilterInput, { nullable: true })
  filter?: ReviewFilterInput | null;
}

@ArgsType()
export class ProductReviewsArgs extends PageArgs {
  @Field(() => ReviewSortEnum, { nullable: true, description: 'Default: NEWEST.' })
  sort?: ReviewSort | null;
}
