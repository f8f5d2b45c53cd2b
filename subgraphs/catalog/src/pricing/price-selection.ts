import { parseScaled, UNIT_PRICE_SCALE, type CurrencyCode, type DecimalString } from '@souk/kit/domain';

/** The buyer for whom prices are selected. */
export interface Buyer {
  /** The ids of the customer groups to which the buyer belongs. */
  readonly groupIds: readonly string[];
  /** The company for which the buyer buys. Null: none. */
  readonly companyId: string | null;
  /** The country to which the order goes (ISO 3166-1). Null: not known yet. */
  readonly countryCode: string | null;
}

/** The conditions of a price list. Empty conditions hold for every buyer. */
export interface PriceListConditions {
  readonly active: boolean;
  readonly groupIds: readonly string[];
  readonly companyIds: readonly string[];
  readonly countryCodes: readonly string[];
  /** The first moment at which the list applies. Null: no beginning. */
  readonly startsAt: Date | null;
  /** The first moment at which the list no longer applies. Null: no end. */
  readonly endsAt: Date | null;
}

/** A price for which a variant is offered to a buyer. */
export interface PriceOffer {
  readonly currency: CurrencyCode;
  /** The price of one unit, with up to six decimal places. */
  readonly unitPrice: DecimalString;
  /** The price before a reduction, which is higher than `unitPrice`. Null: no reduction. */
  readonly compareAtPrice: DecimalString | null;
  /** Whether the price includes the tax. Null: as the shop's prices do. */
  readonly includesTax: boolean | null;
  /** The lowest number of units to which the price applies. */
  readonly fromQuantity: number;
  /** The rank of the price list. Null: the variant's own price. */
  readonly rank: number | null;
}

/** The members of a price list that decide its rank. */
export interface RankedList extends Pick<PriceListConditions, 'groupIds' | 'companyIds' | 'countryCodes'> {
  readonly priority: number;
  readonly createdAt: Date;
}

/** Decides which of several prices a buyer pays. Shops differ in this decision: `byPriority` is the default. */
export interface PriceSelection {
  /**
   * The rank of a price list as a safe integer. It is stored with the list and its prices. For each quantity, Postgres returns only the
   * offer of the highest rank, and the lowest price among equal ranks.
   */
  rankOf(list: RankedList): number;
  /** The offer for a number of units. Null: the variant is not sold in this quantity. @param offers all in one currency, in any order */
  select<Offer extends PriceOffer>(offers: readonly Offer[], quantity: number): Offer | null;
}

/** Priorities of price lists are between the negative value and this value. */
export const MAX_PRIORITY = 10_000;

const SECONDS_BITS = 2 ** 36;

/**
 * The list of the highest priority decides. Among equal priorities a list for customer groups or companies comes before a list for countries,
 * then a list for all, and the newer list before the older one. A list without a price for the quantity is passed over. The variant's own price is last.
 * Within a list, the price with the highest `fromQuantity` counts.
 */
export const byPriority: PriceSelection = {
  rankOf({ priority, groupIds, companyIds, countryCodes, createdAt }) {
    const specificity = (groupIds.length + companyIds.length > 0 ? 2 : 0) + (countryCodes.length > 0 ? 1 : 0);
    return ((priority + MAX_PRIORITY) * 4 + specificity) * SECONDS_BITS + Math.floor(createdAt.getTime() / 1000);
  },
  select(offers, quantity) {
    const [best] = offers.filter(({ fromQuantity }) => fromQuantity <= quantity).toSorted(compareOffers);
    return best ?? null;
  },
};

const scaled = (price: DecimalString) => parseScaled(price, UNIT_PRICE_SCALE);

/** As Postgres sorts a boolean column. */
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

/** An offer without a reduction comes last. */
function compareReductions(one: DecimalString | null, other: DecimalString | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return Number(scaled(one) - scaled(other));
}

/** Whether a list applies to a buyer at a moment. `price-offers.repository.ts` states the same conditions in SQL. */
export function appliesTo(list: PriceListConditions, buyer: Buyer, now: Date): boolean {
  const { active, groupIds, companyIds, countryCodes, startsAt, endsAt } = list;
  return (
    active &&
    (startsAt === null || startsAt <= now) &&
    (endsAt === null || endsAt > now) &&
    (groupIds.length === 0 || groupIds.some((id) => buyer.groupIds.includes(id))) &&
    (companyIds.length === 0 || (buyer.companyId !== null && companyIds.includes(buyer.companyId))) &&
    (countryCodes.length === 0 || (buyer.countryCode !== null && countryCodes.includes(buyer.countryCode)))
  );
}

/** An offer and the lowest number of units to which it applies, which may be higher than that of the offer itself. */
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

/** The prices of a variant by quantity: each step applies from its quantity up to the next step. Steps with equal prices are merged. */
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
