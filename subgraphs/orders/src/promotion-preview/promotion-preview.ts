import type { CandidatePromotion, PromotionObstacle, PromotionSettings } from '../promotion/promotion.ts';

/** The facts about a buyer and a promotion that its settings do not contain. */
export interface PreviewFacts {
  readonly at: Date;
  /** The number of orders that use the promotion. 0 for a new promotion. */
  readonly uses: number;
  /** The number of these orders with the e-mail address of the buyer. */
  readonly usesByBuyer: number;
  /** Whether an order with the e-mail address of the buyer exists. */
  readonly hasOrdered: boolean;
  readonly customerGroupIds: readonly string[];
}

/** Why a promotion with these settings cannot apply, as the statement of `findCandidates` decides it for stored promotions. */
export function obstacleOf(settings: PromotionSettings, facts: PreviewFacts): PromotionObstacle | null {
  const { active, startsAt, endsAt, usageLimit, usageLimitPerBuyer, conditions } = settings;
  const { customerGroupIds: groups = [], firstOrderOnly = false } = conditions;
  if (!active) return 'INACTIVE';
  if (startsAt && startsAt > facts.at) return 'NOT_STARTED';
  if (endsAt && endsAt <= facts.at) return 'ENDED';
  if (usageLimit !== null && facts.uses >= usageLimit) return 'USED_UP';
  if (groups.length > 0 && !groups.some((group) => facts.customerGroupIds.includes(group))) return 'OTHER_GROUP';
  if (firstOrderOnly && facts.hasOrdered) return 'NOT_FIRST_ORDER';
  if (usageLimitPerBuyer !== null && facts.usesByBuyer >= usageLimitPerBuyer) return 'USED_BY_BUYER';
  return null;
}

/**
 * Puts the previewed promotion among the others, in the order in which they apply. It replaces the stored promotion with the same id. A new
 * promotion follows the others of its priority.
 */
export function withPreviewed(
  others: readonly CandidatePromotion[],
  previewed: CandidatePromotion,
  isNew: boolean,
): CandidatePromotion[] {
  const isAfter = ({ priority, id }: CandidatePromotion) =>
    priority > previewed.priority || (priority === previewed.priority && !isNew && id > previewed.id);
  const rest = others.filter(({ id, code }) => id !== previewed.id && (code === null || code !== previewed.code));
  return [...rest.filter((each) => !isAfter(each)), previewed, ...rest.filter(isAfter)];
}
