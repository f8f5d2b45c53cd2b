import type { OrderFilterInput } from '@souk/sdk';
import { startOfDay } from '../home/today.ts';

/** The tabs of the order list. Each tab is a preset filter. */
export const ORDER_VIEWS = ['all', 'toShip', 'shipped', 'unpaid', 'canceled'] as const;
export type OrderView = (typeof ORDER_VIEWS)[number];

export const PERIODS = ['anytime', 'today', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** The filters of the order list, which are in the query string of its URL. */
export interface OrderFilters {
  readonly view: OrderView;
  readonly search: string;
  readonly tag: string;
  readonly period: Period;
}

const VIEW_FILTERS: Readonly<Record<OrderView, OrderFilterInput>> = {
  all: {},
  toShip: { status: 'CONFIRMED', fulfillmentStatus: 'UNFULFILLED' },
  shipped: { fulfillmentStatus: 'FULFILLED' },
  unpaid: { paymentStatus: 'AUTHORIZED' },
  canceled: { status: 'CANCELED' },
};
const PERIOD_DAYS = { today: 0, week: 6, month: 29 } as const;

/** Parses the filters from a query string. An unknown value is replaced by the default. */
export function readFilters(query: string): OrderFilters {
  const params = new URLSearchParams(query);
  return {
    view: ORDER_VIEWS.find((each) => each === params.get('view')) ?? 'all',
    search: params.get('search') ?? '',
    tag: params.get('tag') ?? '',
    period: PERIODS.find((each) => each === params.get('period')) ?? 'anytime',
  };
}

/** The filters as a query string. Defaults are left out, so equal filters have equal URLs. */
export function writeFilters({ view, search, tag, period }: OrderFilters): string {
  const params = new URLSearchParams();
  if (view !== 'all') params.set('view', view);
  if (search !== '') params.set('search', search);
  if (tag !== '') params.set('tag', tag);
  if (period !== 'anytime') params.set('period', period);
  return params.toString();
}

/** The filters as the API's input. @param now in milliseconds since 1970 */
export function filterInput({ view, search, tag, period }: OrderFilters, now: number): OrderFilterInput {
  return {
    ...VIEW_FILTERS[view],
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(tag.trim() !== '' && { tag: tag.trim() }),
    ...(period !== 'anytime' && { placedAfter: new Date(startOfDay(now, PERIOD_DAYS[period])).toISOString() }),
  };
}

/** Whether any filter besides the tab is set. */
export function hasFilters({ search, tag, period }: OrderFilters): boolean {
  return search !== '' || tag !== '' || period !== 'anytime';
}
