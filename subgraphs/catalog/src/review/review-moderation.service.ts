import { requireScope, type RequestContext } from '@souk/kit/context';
import { changeable, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, saveTenantRow, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { ReviewsRead, ReviewsWrite, type ReviewChangeKind } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { ReviewSettingsEntity } from './review.entity.ts';
import { reviewChanged } from './review.events.ts';
import type { ReviewModeration } from './review.policy.ts';
import {
  findModeration,
  findReviewPage,
  lockReview,
  stateOf,
  type ReviewFilter,
  type StoredReview,
} from './review.repository.ts';
import { saveRating } from './review.service.ts';
import { publishReview, ratingChange, rejectReview, type ReviewState } from './review.ts';

export interface RejectInput extends ChangeInput {
  readonly reason: string;
}

export interface ReplyInput extends ChangeInput {
  /** Null removes the reply. */
  readonly reply: string | null;
}

export interface SettingsInput extends MutationInput {
  readonly moderation: ReviewModeration;
}

type ReviewResult = Promise<Result<string, Failure>>;

/** The work of staff on reviews. Changes need `reviews:write` and return the id of the review. */
export class ReviewModerationService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** A page of all reviews, the newest first. @throws AccessDeniedError without `reviews:read` */
  page(
    ctx: RequestContext,
    filter: ReviewFilter,
    page: PageRequest,
  ): Promise<Result<KeysetPage<StoredReview>, Failure>> {
    requireScope(ctx, ReviewsRead);
    return this.#unitOfWork.read(ctx, (tx) => findReviewPage(tx, filter, page));
  }

  /** The moderation of the shop. @throws AccessDeniedError without `reviews:read` */
  moderation(ctx: RequestContext): Promise<ReviewModeration> {
    requireScope(ctx, ReviewsRead);
    return this.#unitOfWork.read(ctx, findModeration);
  }

  /** Publishes a review. Publishing a published review dismisses its reports. */
  publish(ctx: RequestContext, input: ChangeInput): ReviewResult {
    return this.#moderate(ctx, 'reviewPublish', input, 'PUBLISHED', (review, now) => publishReview(review, now));
  }

  /** Hides a review from shoppers. Its author sees the reason. */
  reject(ctx: RequestContext, input: RejectInput): ReviewResult {
    return this.#moderate(ctx, 'reviewReject', input, 'REJECTED', (review) => rejectReview(review, input.reason));
  }

  /** Sets or removes the reply of the shop. */
  reply(ctx: RequestContext, input: ReplyInput): ReviewResult {
    const { reply } = input;
    return this.#moderate(ctx, 'reviewReplySet', input, 'REPLIED', (_review, now) =>
      ok({ reply, repliedAt: reply === null ? null : now }),
    );
  }

  /** Sets when staff approve reviews. Reviews that wait keep waiting. */
  setModeration(ctx: RequestContext, input: SettingsInput): Promise<Result<ReviewModeration, Failure>> {
    const mutation = { scope: ReviewsWrite, operation: 'reviewSettingsSet', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<ReviewModeration, Failure>> => {
      await saveTenantRow(tx, ReviewSettingsEntity, { moderation: input.moderation });
      return ok(input.moderation);
    });
  }

  #moderate(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: ReviewChangeKind,
    decide: (review: ReviewState, now: Date) => Result<object, Failure>,
  ): ReviewResult {
    const mutation = { scope: ReviewsWrite, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): ReviewResult => {
      const found = changeable(await lockReview(tx, input.id), input, 'review');
      if (!found.ok) return found;
      const review = found.value;
      const before = { status: review.status, rating: review.rating };
      const decided = decide(stateOf(review), this.#clock.now());
      if (!decided.ok) return decided;
      Object.assign(review, decided.value);
      await tx.em.flush();
      await saveRating(tx, review.productId, ratingChange(before, review));
      tx.outbox.append([reviewChanged(review, change)]);
      return ok(review.id);
    });
  }
}
