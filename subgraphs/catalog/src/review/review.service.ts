import { randomUUID } from 'node:crypto';
import { callingCustomer, customerIdOf, hasScope, type RequestContext } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import {
  changeable,
  err,
  ok,
  tooManyAttempts,
  type Clock,
  type Failure,
  type PageRequest,
  type Result,
} from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { FindPurchase } from '@souk/orders/contract';
import { ReviewsRead, type ReviewChangeKind } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { ReviewEntity } from './review.entity.ts';
import {
  customerMissing,
  productNotFound,
  REVIEW_VIOLATIONS,
  reviewNotFound,
  reviewRejected,
} from './review.errors.ts';
import { reviewChanged } from './review.events.ts';
import { DAILY_LIMITS, type ReportReason, type ReviewSort } from './review.policy.ts';
import {
  addToRating,
  deleteReports,
  findModeration,
  findOwnReviews,
  findPublishedPage,
  findReviews,
  insertReport,
  isProductPublished,
  lockReview,
  secondsToWait,
  stateOf,
  type StoredReview,
} from './review.repository.ts';
import { ratingChange, submittedState, type ReviewText } from './review.ts';

export interface CreateInput extends MutationInput, ReviewText {
  readonly productId: string;
}

export type UpdateInput = ChangeInput & { readonly [Field in keyof ReviewText]?: ReviewText[Field] | undefined };

export interface ReportInput extends MutationInput {
  readonly id: string;
  readonly reason: ReportReason;
  readonly note?: string | null;
}

/** The id of the review, or the reason for a refusal. */
type ReviewResult = Promise<Result<string, Failure>>;

/** The reviews of shoppers. Customers write, change and delete their own reviews, and report reviews of others. */
export class ReviewService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #commands: CommandClient;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, commands: CommandClient, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#commands = commands;
    this.#clock = clock;
  }

  /** A page of the published reviews of a product. Several calls in one request share a database connection. */
  ofProduct(
    ctx: RequestContext,
    productId: string,
    sort: ReviewSort,
    page: PageRequest,
  ): Promise<Result<KeysetPage<StoredReview>, Failure>> {
    return this.#unitOfWork.quickRead(ctx, (tx) => findPublishedPage(tx, productId, sort, page));
  }

  /** The reviews that the caller wrote about products, by product id. Empty for callers who are not customers. */
  async own(ctx: RequestContext, productIds: readonly string[]): Promise<ReadonlyMap<string, StoredReview>> {
    const customerId = customerIdOf(ctx);
    return customerId === null
      ? new Map()
      : this.#unitOfWork.quickRead(ctx, (tx) => findOwnReviews(tx, customerId, productIds));
  }

  /** Finds a review. Null unless the review is published, the caller's own, or the caller has `reviews:read`. */
  async find(ctx: RequestContext, id: string): Promise<StoredReview | null> {
    const [found] = await this.#unitOfWork.quickRead(ctx, (tx) => findReviews(tx, [id]));
    if (!found) return null;
    const isVisible = found.status === 'PUBLISHED' || found.customerId === customerIdOf(ctx);
    return isVisible || hasScope(ctx, ReviewsRead) ? found : null;
  }

  /** Adds the caller's review of a product. @throws AccessDeniedError for a caller without a login */
  async create(ctx: RequestContext, input: CreateInput): ReviewResult {
    const caller = reviewerOf(ctx);
    if (!caller.ok) return caller;
    const customerId = caller.value;
    const { productId, rating, title, body, displayName } = input;
    const verifiedPurchase = await this.#hasBought(ctx, customerId, productId);
    const mutation = { scope: null, operation: 'reviewCreate', input, uniqueViolations: REVIEW_VIOLATIONS };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): ReviewResult => {
      if (!(await isProductPublished(tx, productId))) return err(productNotFound());
      const now = this.#clock.now();
      const seconds = await secondsToWait(tx, 'review', customerId, { max: DAILY_LIMITS.reviews, now });
      if (seconds > 0) return err(tooManyAttempts('You have written reviews', seconds, ['productId']));
      const text = { rating, title, body, displayName };
      const state = submittedState(null, await findModeration(tx), now);
      const about = { id: randomUUID(), productId, customerId, verifiedPurchase, submittedAt: now };
      const review = tx.em.create(ReviewEntity, { ...about, ...text, ...state });
      await tx.em.flush();
      await saveRating(tx, productId, ratingChange(null, review));
      tx.outbox.append([reviewChanged(review, 'SUBMITTED')]);
      return ok(review.id);
    });
  }

  /** Changes the caller's review. The shop's moderation applies again. @throws AccessDeniedError for a caller without a login */
  async update(ctx: RequestContext, input: UpdateInput): ReviewResult {
    const caller = reviewerOf(ctx);
    if (!caller.ok) return caller;
    const known = await this.find(ctx, input.id);
    if (known?.customerId !== caller.value) return err(reviewNotFound());
    const verifiedPurchase = await this.#hasBought(ctx, caller.value, known.productId);
    return this.#edit(ctx, 'reviewUpdate', input, 'SUBMITTED', async (tx, review) => {
      const { rating, title, body, displayName } = input;
      const text = Object.entries({ rating, title, body, displayName }).filter(([, value]) => value !== undefined);
      const state = submittedState(stateOf(review), await findModeration(tx), this.#clock.now());
      Object.assign(review, Object.fromEntries(text), state, { verifiedPurchase });
      await tx.em.flush();
      // The shop has dismissed the earlier reports. They were about the earlier text, so their senders may report the new text.
      if (review.reportCount === 0) await deleteReports(tx, review.id);
    });
  }

  /**
   * Deletes the caller's review for good. A rejected review stays, because a new review of the product would otherwise bypass the rejection.
   * @throws AccessDeniedError for a caller without a login
   */
  async delete(ctx: RequestContext, input: ChangeInput): ReviewResult {
    const caller = reviewerOf(ctx);
    if (!caller.ok) return caller;
    return this.#edit(ctx, 'reviewDelete', input, 'DELETED', async (tx, review) => {
      if (review.status === 'REJECTED') return reviewRejected();
      tx.em.remove(review);
      await tx.em.flush();
      return undefined;
    });
  }

  /** Reports a published review to the shop. Each customer counts once. @throws AccessDeniedError for a caller without a login */
  async report(ctx: RequestContext, input: ReportInput): ReviewResult {
    const caller = reviewerOf(ctx);
    if (!caller.ok) return caller;
    const customerId = caller.value;
    const mutation = { scope: null, operation: 'reviewReport', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): ReviewResult => {
      const [found] = await findReviews(tx, [input.id]);
      if (found?.status !== 'PUBLISHED' || found.customerId === customerId) return err(reviewNotFound());
      const now = this.#clock.now();
      const seconds = await secondsToWait(tx, 'review_report', customerId, { max: DAILY_LIMITS.reports, now });
      if (seconds > 0) return err(tooManyAttempts('You have reported reviews', seconds, ['id']));
      const { id: reviewId, reason, note = null } = input;
      const isFirst = await insertReport(tx, { reviewId, customerId, reason, note, reportedAt: now });
      if (isFirst) tx.outbox.append([reviewChanged(found, 'REPORTED')]);
      return ok(reviewId);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: ReviewChangeKind,
    work: (tx: CatalogTransaction, review: ReviewEntity) => Promise<Failure | void>,
  ): ReviewResult {
    return mutate(this.#unitOfWork, ctx, { scope: null, operation, input }, async (tx): ReviewResult => {
      const review = await lockReview(tx, input.id);
      const found = changeable(review?.customerId === customerIdOf(ctx) ? review : null, input, 'review');
      if (!found.ok) return found;
      const { id, productId, status, rating } = found.value;
      const refused = await work(tx, found.value);
      if (refused) return err(refused);
      await saveRating(tx, productId, ratingChange({ status, rating }, change === 'DELETED' ? null : found.value));
      tx.outbox.append([reviewChanged({ id, productId, status: found.value.status }, change)]);
      return ok(id);
    });
  }

  async #hasBought(ctx: RequestContext, customerId: string, productId: string): Promise<boolean> {
    return (await this.#commands.send(ctx, FindPurchase, { customerId, productId })).isFound;
  }
}

/** Saves the change of a product's rating counts. @param changes null: the counts stay the same */
export async function saveRating(
  tx: CatalogTransaction,
  productId: string,
  changes: ReturnType<typeof ratingChange>,
): Promise<void> {
  if (changes) await addToRating(tx, productId, changes);
}

/**
 * The id of the calling customer, or the refusal for users who are not customers.
 * @throws AccessDeniedError for callers without a login
 */
function reviewerOf(ctx: RequestContext): Result<string, Failure> {
  const customerId = callingCustomer(ctx);
  return customerId === null ? err(customerMissing()) : ok(customerId);
}
