import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { canonicalCode, isDiscountCode, MAX_CODE_LENGTH } from './discount-code.ts';
import {
  actionDraftOf,
  actionOf,
  amountDraftOf,
  amountsOf,
  type AmountDraft,
  type PromotionActionDraft,
} from './promotion-action-settings.ts';
import type { PromotionSettings } from './promotion.ts';

/** A promotion as staff entered it. */
export interface PromotionDraft {
  readonly name: string;
  readonly code?: string | null;
  /** @default true */
  readonly active?: boolean | null;
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
  /** @default 0 */
  readonly priority?: number | null;
  /** @default true */
  readonly combinable?: boolean | null;
  /** @default every product, if `categoryIds` and `collectionIds` are empty too */
  readonly productIds?: readonly string[] | null;
  readonly categoryIds?: readonly string[] | null;
  readonly collectionIds?: readonly string[] | null;
  /** @default every buyer */
  readonly customerGroupIds?: readonly string[] | null;
  /** @default every sales channel */
  readonly channelIds?: readonly string[] | null;
  /** @default false */
  readonly firstOrderOnly?: boolean | null;
  /** @default 1 */
  readonly minQuantity?: number | null;
  /** @default no minimum */
  readonly minSubtotals?: readonly AmountDraft[] | null;
  readonly action: PromotionActionDraft;
  readonly usageLimit?: number | null;
  readonly usageLimitPerBuyer?: number | null;
}

/** Validates a draft. Each failure has the path of the invalid field. */
export function configurePromotion(draft: PromotionDraft): Result<PromotionSettings, readonly Failure[]> {
  const action = actionOf(draft.action);
  const minSubtotals = amountsOf(draft.minSubtotals ?? [], ['minSubtotals']);
  const code = draft.code === null || draft.code === undefined ? null : canonicalCode(draft.code);
  const [startsAt, endsAt] = [draft.startsAt ?? null, draft.endsAt ?? null];
  const firstOrderOnly = draft.firstOrderOnly ?? false;
  const perBuyer = draft.usageLimitPerBuyer ?? null;
  const failures = [
    ...(code === null || isDiscountCode(code) ? [] : [codeInvalid()]),
    ...(startsAt && endsAt && endsAt <= startsAt ? [endsTooEarly()] : []),
    ...(firstOrderOnly && (perBuyer ?? 1) > 1 ? [firstOrderLimit()] : []),
    ...(action.ok ? [] : action.error),
    ...(minSubtotals.ok ? [] : minSubtotals.error),
  ];
  if (!action.ok || !minSubtotals.ok || failures.length > 0) return err(failures);
  return ok({
    name: draft.name,
    code,
    active: draft.active ?? true,
    startsAt,
    endsAt,
    priority: draft.priority ?? 0,
    combinable: draft.combinable ?? true,
    conditions: {
      productIds: [...new Set(draft.productIds)],
      categoryIds: [...new Set(draft.categoryIds)],
      collectionIds: [...new Set(draft.collectionIds)],
      customerGroupIds: [...new Set(draft.customerGroupIds)],
      channelIds: [...new Set(draft.channelIds?.map((id) => id.toLowerCase()))],
      firstOrderOnly,
      minQuantity: draft.minQuantity ?? 1,
      minSubtotals: minSubtotals.value,
    },
    action: action.value,
    usageLimit: draft.usageLimit ?? null,
    // `firstOrderOnly` alone would let two concurrent first checkouts both use the promotion. The limit of one use per buyer prevents that.
    usageLimitPerBuyer: firstOrderOnly ? 1 : perBuyer,
  });
}

/** Converts settings back to a draft. It is the inverse of `configurePromotion`. */
export function draftOf({ conditions, action, ...settings }: PromotionSettings): PromotionDraft {
  return {
    ...settings,
    productIds: conditions.productIds,
    categoryIds: conditions.categoryIds ?? [],
    collectionIds: conditions.collectionIds ?? [],
    customerGroupIds: conditions.customerGroupIds ?? [],
    channelIds: conditions.channelIds ?? [],
    firstOrderOnly: conditions.firstOrderOnly ?? false,
    minQuantity: conditions.minQuantity,
    minSubtotals: conditions.minSubtotals.map(amountDraftOf),
    action: actionDraftOf(action),
  };
}

function codeInvalid(): Failure {
  const rule = `A code has 1 to ${MAX_CODE_LENGTH} letters, digits, hyphens and underscores, and begins with a letter or a digit`;
  return failure('INVALID_INPUT', rule, ['code']);
}

function endsTooEarly(): Failure {
  return failure('INVALID_INPUT', 'endsAt is not after startsAt: choose a later end or an earlier start', ['endsAt']);
}

function firstOrderLimit(): Failure {
  const rule = 'A buyer has one first order: set usageLimitPerBuyer to 1, or leave it out';
  return failure('INVALID_INPUT', rule, ['usageLimitPerBuyer']);
}
