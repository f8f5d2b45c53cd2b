import { compareAmounts, sumMoney, type Money } from '../i18n/format.ts';

/** The fields of an order from which sales are computed. */
export interface CountedOrder {
  readonly placedAt: string;
  readonly status: string;
  readonly currencyCode: string;
  readonly totals: { readonly total: Money };
}

/** Sales of one day in one currency. */
export interface DaySales {
  /** The start of the day in local time, in milliseconds since 1970. */
  readonly day: number;
  readonly revenue: Money;
  readonly orders: number;
}

export interface Sales {
  readonly revenue: Money;
  readonly orders: number;
  /** The average amount of an order. Null when there are no orders. */
  readonly average: Money | null;
  /**
   * The revenue compared with the same hours a week ago, as a fraction: 0.25 is 25 % more. Null when there were no
   * sales a week ago.
   */
  readonly change: number | null;
  /** The sales of the last seven days, oldest first. The last entry is today. */
  readonly days: readonly DaySales[];
}

/** The statuses of orders that do not count as sales. */
const NO_SALES = new Set(['DRAFT', 'CANCELED', 'EXPIRED']);
const CHART_DAYS = 7;

/** The start of the day that is `days` before `now`, in local time. A day has 23 or 25 hours when clocks change. */
export function startOfDay(now: number, days = 0): number {
  const date = new Date(now);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() - days);
  return date.getTime();
}

/** The currency with the most orders. Null when there are no orders. */
export function mainCurrency(orders: readonly CountedOrder[]): string | null {
  const counts = Map.groupBy(orders, ({ currencyCode }) => currencyCode);
  const [first] = [...counts].toSorted(([, one], [, other]) => other.length - one.length);
  return first?.[0] ?? null;
}

/** Computes today's sales in one currency, compared with earlier days. @param now in milliseconds since 1970 */
export function salesOf(orders: readonly CountedOrder[], currencyCode: string, now: number): Sales {
  const sold = orders.filter((order) => order.currencyCode === currencyCode && !NO_SALES.has(order.status));
  const between = (from: number, to: number) =>
    sold.filter(({ placedAt }) => Date.parse(placedAt) >= from && Date.parse(placedAt) < to);
  const revenueOf = (some: readonly CountedOrder[]): Money => ({
    amount: sumMoney(some.map(({ totals }) => totals.total.amount)),
    currencyCode,
  });
  const today = between(startOfDay(now), Number.POSITIVE_INFINITY);
  const revenue = revenueOf(today);
  const weekAgo = startOfDay(now, CHART_DAYS);
  const before = revenueOf(between(weekAgo, weekAgo + (now - startOfDay(now))));
  const days = Array.from({ length: CHART_DAYS }, (_, index) => {
    const day = startOfDay(now, CHART_DAYS - 1 - index);
    const ofDay = between(day, startOfDay(now, CHART_DAYS - 2 - index));
    return { day, revenue: revenueOf(ofDay), orders: ofDay.length };
  });
  return {
    revenue,
    orders: today.length,
    average: today.length === 0 ? null : averageOf(revenue, today.length),
    change: compareAmounts(before.amount, '0') === 0 ? null : Number(revenue.amount) / Number(before.amount) - 1,
    days,
  };
}

/** The average, rounded to the decimal places of `amount`. */
function averageOf({ amount, currencyCode }: Money, count: number): Money {
  const digits = amount.split('.')[1]?.length ?? 0;
  return { amount: (Number(amount) / count).toFixed(digits), currencyCode };
}
