import type { CandidatePromotion, PromotionObstacle, PromotionSettings } from '../promotion/promotion.ts';

/** The data about a buyer and a promotion's uses that decide whether the promotion applies. */
export interface PreviewFacts {
  readonly at: Date;
  /** The number of orders that used the promotion. 0 for a new promotion. */
  readonly uses: number;
  /** The number of orders with the buyer's e-mail address that used the promotion. */
  readonly usesByBuyer: number;
  /** Whether an order with the buyer's e-mail address exists. */
  readonly hasOrdered: boolean;
  readonly customerGroupIds: readonly string[];
  /** The sales channel of the cart. Null: none. */
  readonly channelId: string | null;
}

/**
 * Why a promotion with these settings cannot apply. Null when it can apply. `findCandidates` makes the same decision in SQL for stored
 * promotions.
 */
export function obstacleOf(settings: PromotionSettings, facts: PreviewFacts): PromotionObstacle | null {
  const { active, startsAt, endsAt, usageLimit, usageLimitPerBuyer, conditions } = settings;
  const { customerGroupIds: groups = [], channelIds: channels = [], firstOrderOnly = false } = conditions;
  if (!active) return 'INACTIVE';
  if (startsAt && startsAt > facts.at) return 'NOT_STARTED';
  if (endsAt && endsAt <= facts.at) return 'ENDED';
  if (usageLimit !== null && facts.uses >= usageLimit) return 'USED_UP';
  if (groups.length > 0 && !groups.some((group) => facts.customerGroupIds.includes(group))) return 'OTHER_GROUP';
  if (channels.length > 0 && (facts.channelId === null || !channels.includes(facts.channelId))) return 'OTHER_CHANNEL';
  if (firstOrderOnly && facts.hasOrdered) return 'NOT_FIRST_ORDER';
  if (usageLimitPerBuyer !== null && facts.usesByBuyer >= usageLimitPerBuyer) return 'USED_BY_BUYER';
  return null;
}

/**
 * Inserts the previewed promotion into the list, in the order in which promotions apply. It replaces the stored promotion with the same id.
 * A new promotion comes after stored promotions of the same priority.
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
