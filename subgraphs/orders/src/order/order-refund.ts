import { money, subtract, type Money } from '@souk/kit/domain';
import {
  differencesOf,
  grossOf,
  isSomething,
  partsByRate,
  shareBetween,
  taxedPart,
  type TaxedPart,
} from '../tax/taxed-parts.ts';
import type { TaxedAmount } from '../tax/tax.ts';
import type { Order, OrderedLine } from './order.ts';
import { shippingParts, taxLinesOf, type PaidLine, type PaidOrder } from './paid-parts.ts';

/** The fields of an order from which the taxes of its refunds are computed. */
export interface RefundedOrder extends PaidOrder {
  readonly lines: readonly (PaidLine & { readonly id: string })[];
}

/** Units of an order line, from unit `from + 1` to unit `to`. */
export interface UnitRange {
  readonly orderLineId: string;
  readonly from: number;
  readonly to: number;
}

/** Money that a buyer gets back, or never owed because units were canceled before a capture. */
export interface TaxedReturn {
  /** The amounts by tax category. They add up to the money. */
  readonly parts: readonly TaxedAmount[];
  readonly units: readonly UnitRange[];
}

/** The units that were canceled or came back, and that no earlier refund or release contains. */
export function newlyGivenBack({ lines }: Pick<Order, 'lines'>, earlier: readonly TaxedReturn[]): UnitRange[] {
  const known = earlier.flatMap(({ units }) => units);
  return lines.flatMap((line) => {
    const from = known.reduce((most, range) => (range.orderLineId === line.id ? Math.max(most, range.to) : most), 0);
    const to = unitsOf(line);
    return to > from ? [{ orderLineId: line.id, from, to }] : [];
  });
}

/**
 * The units that a change of the lines cancels or returns.
 * @param lines the changed lines
 */
export function givenBackSince({ lines: before }: Pick<Order, 'lines'>, lines: readonly OrderedLine[]): UnitRange[] {
  return lines.flatMap(({ id: orderLineId, ...line }) => {
    const known = before.find(({ id }) => id === orderLineId);
    const from = known ? unitsOf(known) : 0;
    const to = unitsOf(line);
    return to > from ? [{ orderLineId, from, to }] : [];
  });
}

function unitsOf({ canceledQuantity, returnedQuantity }: Omit<OrderedLine, 'id'>): number {
  return canceledQuantity + returnedQuantity;
}

/** The taxes of units whose price was released before a capture. */
export function releaseOf(order: RefundedOrder, units: readonly UnitRange[]): TaxedReturn {
  return { parts: merged(unitParts(order, units)), units };
}

/**
 * Splits a refund over tax rates: the exact share of the units, and the difference to the refunded amount. When the whole order is refunded,
 * in any portions, its refunds add up to its tax lines. Money beyond the price of the order has no tax.
 * @param earlier the earlier refunds and releases of the order
 * @param units the units that the refund is for
 */
export function refundOfOrder(
  order: RefundedOrder,
  earlier: readonly TaxedReturn[],
  units: readonly UnitRange[],
  amount: Money,
): TaxedReturn {
  const { currency } = amount;
  const sold: TaxedPart[] = [
    ...order.lines.map((line) => ({ gross: line.gross, taxLines: taxLinesOf(line) })),
    ...shippingParts(order),
  ];
  const refunded = earlier.flatMap(({ parts }) => parts);
  const left = subtract(grossOf(sold, currency), grossOf(refunded, currency));
  const covered = money(Math.min(amount.amountMinor, left.amountMinor), currency);
  const own = unitParts(order, units);
  const differences = differencesOf({ sold, earlier: refunded, units: own, amount: covered });
  const beyond = taxedPart(subtract(amount, covered), []);
  return { parts: merged([...own, ...differences, beyond]), units };
}

function unitParts({ lines }: RefundedOrder, units: readonly UnitRange[]): TaxedAmount[] {
  return units.map(({ orderLineId, from, to }) => {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line) throw new Error(`The order has no line ${orderLineId}, but units of the line were given back`);
    const { quantity, gross } = line;
    return shareBetween({ quantity, gross, taxLines: taxLinesOf(line) }, from, to);
  });
}

function merged(parts: readonly TaxedPart[]): TaxedAmount[] {
  return partsByRate(parts, [])
    .filter(isSomething)
    .map(({ gross, taxLines }) => taxedPart(gross, taxLines));
}
