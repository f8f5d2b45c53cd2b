import { parseScaled, UNIT_PRICE_SCALE, type CurrencyCode, type DecimalString } from '@souk/kit/domain';

/** The properties of a buyer that decide which price lists apply. */
export interface Buyer {
  /** The ids of the customer groups to which the buyer belongs. */
  readonly groupIds: readonly string[];
  /** The company for which the buyer buys. Null when the buyer does not buy for a company. */
  readonly companyId: string | null;
  /** The sales channel in which the buyer buys. Null: none. */
  readonly channelId: string | null;
  /** The country of delivery (ISO 3166-1). Null when it is unknown. */
  readonly countryCode: string | null;
}

/** The conditions under which a price list applies. An empty list of groups, companies, channels or countries does
 * not restrict the buyers. */
export interface PriceListConditions {
  readonly active: boolean;
  readonly groupIds: readonly string[];
  readonly companyIds: readonly string[];
  readonly channelIds: readonly string[];
  readonly countryCodes: readonly string[];
  /** The time from which the price list applies. Null when it has no beginning. */
  readonly startsAt: Date | null;
  /** The time from which the price list no longer applies. Null when it has no end. */
  readonly endsAt: Date | null;
}

/** A price at which a buyer can buy a variant: the variant's own price, or a price of a list. */
export interface PriceOffer {
  readonly currency: CurrencyCode;
  /** The price of one unit, with up to six decimal places. */
  readonly unitPrice: DecimalString;
  /** The price before a reduction, which is higher than `unitPrice`. Null when the price is not reduced. */
  readonly compareAtPrice: DecimalString | null;
  /** Whether the price includes the tax. When null, the shop's setting applies. */
  readonly includesTax: boolean | null;
  /** The smallest number of units for which the price applies. */
  readonly fromQuantity: number;
  /** The rank of the price list. Null for the variant's own price. */
  readonly rank: number | null;
}

/** The properties of a price list that decide its rank. */
export interface RankedList extends Pick<
  PriceListConditions,
  'groupIds' | 'companyIds' | 'channelIds' | 'countryCodes'
> {
  readonly priority: number;
  readonly createdAt: Date;
}

/** Selects the price that a buyer pays when several prices apply. A shop can replace the default, `byPriority`. */
export interface PriceSelection {
  /**
   * The rank of a price list, as a safe integer. It is stored with the list and its prices. For each quantity, Postgres returns only the
   * offer with the highest rank. Among equal ranks it returns the lowest price.
   */
  rankOf(list: RankedList): number;
  /**
   * The price for a number of units. Null when the variant is not sold in this quantity.
   * @param offers the offers, all in one currency and in any order
   */
  select<Offer extends PriceOffer>(offers: readonly Offer[], quantity: number): Offer | null;
}

/** The maximum priority of a price list. The minimum is its negative. */
export const MAX_PRIORITY = 10_000;

const SECONDS_BITS = 2 ** 36;

/**
 * The list with the highest priority decides. Among equal priorities, a list for customer groups or companies comes
 * before a list for channels or countries, then a list for all buyers. Newer lists come before older lists. A list without a price
 * for the quantity is skipped. The variant's own price is used last. Within a list, the price with the highest
 * `fromQuantity` counts.
 */
export const byPriority: PriceSelection = {
  rankOf({ priority, groupIds, companyIds, channelIds, countryCodes, createdAt }) {
    const isForBuyers = groupIds.length + companyIds.length > 0;
    const isForPlaces = channelIds.length + countryCodes.length > 0;
    const specificity = (isForBuyers ? 2 : 0) + (isForPlaces ? 1 : 0);
    return ((priority + MAX_PRIORITY) * 4 + specificity) * SECONDS_BITS + Math.floor(createdAt.getTime() / 1000);
  },
  select(offers, quantity) {
    const [best] = offers.filter(({ fromQuantity }) => fromQuantity <= quantity).toSorted(compareOffers);
    return best ?? null;
  },
};

const scaled = (price: DecimalString) => parseScaled(price, UNIT_PRICE_SCALE);

/** The order in which Postgres sorts a boolean column. */
const TAX_ORDER = [false, true, null];

function compareOffers(one: PriceOffer, other: PriceOffer): number {
  return (
    (other.rank ?? -1) - (one.rank ?? -1) ||
    other.fromQuantity - one.fromQuantity ||
    Number(scaled(one.unitPrice) - scaled(other.unitPrice)) ||
    compareReductions(one.compareAtPrice, other.compareAtPrice) ||
    TAX_ORDER.indexOf(one.includesTax) - TAX_ORDER.indexOf(other.includesTax)
  );
}

/** Compares prices before a reduction. A price that is not reduced comes last. */
function compareReductions(one: DecimalString | null, other: DecimalString | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return Number(scaled(one) - scaled(other));
}

/** Whether a list applies to a buyer at a time. `price-offers.repository.ts` has the same conditions in SQL. */
export function appliesTo(list: PriceListConditions, buyer: Buyer, now: Date): boolean {
  const { active, groupIds, companyIds, channelIds, countryCodes, startsAt, endsAt } = list;
  return (
    active &&
    (startsAt === null || startsAt <= now) &&
    (endsAt === null || endsAt > now) &&
    (groupIds.length === 0 || groupIds.some((id) => buyer.groupIds.includes(id))) &&
    (companyIds.length === 0 || (buyer.companyId !== null && companyIds.includes(buyer.companyId))) &&
    (channelIds.length === 0 || (buyer.channelId !== null && channelIds.includes(buyer.channelId))) &&
    (countryCodes.length === 0 || (buyer.countryCode !== null && countryCodes.includes(buyer.countryCode)))
  );
}

/** The best offer for `fromQuantity` units or more, up to the next step. The range of quantities of the offer itself may be different. */
export interface PriceStep {
  readonly fromQuantity: number;
  readonly offer: PriceOffer;
}

function isSamePrice(one: PriceOffer, other: PriceOffer): boolean {
  return (
    one.unitPrice === other.unitPrice &&
    one.compareAtPrice === other.compareAtPrice &&
    one.includesTax === other.includesTax
  );
}

/**
 * The prices of a variant by quantity. Each step applies up to the quantity of the next step. Adjacent steps with equal prices are merged.
 */
export function priceSteps(selection: PriceSelection, offers: readonly PriceOffer[]): PriceStep[] {
  const quantities = [...new Set(offers.map(({ fromQuantity }) => fromQuantity))].toSorted((a, b) => a - b);
  const steps: PriceStep[] = [];
  for (const fromQuantity of quantities) {
    const offer = selection.select(offers, fromQuantity);
    const last = steps.at(-1)?.offer;
    if (offer && !(last && isSamePrice(last, offer))) steps.push({ fromQuantity, offer });
  }
  return steps;
}
