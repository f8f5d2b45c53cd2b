import type { OrderFilterInput } from '@souk/sdk';
import { startOfDay } from '../home/today.ts';

/** A saved view of the list: a tab. */
export const ORDER_VIEWS = ['all', 'toShip', 'shipped', 'unpaid', 'canceled'] as const;
export type OrderView = (typeof ORDER_VIEWS)[number];

export const PERIODS = ['anytime', 'today', 'week', 'month'] as const;
export type Period = (typeof PERIODS)[number];

/** The filters of the list. The address holds them. */
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

/** Reads filters from the query of an address. Unknown values are the defaults. */
export function readFilters(query: string): OrderFilters {
  const params = new URLSearchParams(query);
  return {
    view: ORDER_VIEWS.find((each) => each === params.get('view')) ?? 'all',
    search: params.get('search') ?? '',
    tag: params.get('tag') ?? '',
    period: PERIODS.find((each) => each === params.get('period')) ?? 'anytime',
  };
}

/** The query of an address. Defaults are left out, so that equal filters have equal addresses. */
export function writeFilters({ view, search, tag, period }: OrderFilters): string {
  const params = new URLSearchParams();
  if (view !== 'all') params.set('view', view);
  if (search !== '') params.set('search', search);
  if (tag !== '') params.set('tag', tag);
  if (period !== 'anytime') params.set('period', period);
  return params.toString();
}

/** The API's filter. @param now in milliseconds since 1970 */
export function filterInput({ view, search, tag, period }: OrderFilters, now: number): OrderFilterInput {
  return {
    ...VIEW_FILTERS[view],
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(tag.trim() !== '' && { tag: tag.trim() }),
    ...(period !== 'anytime' && { placedAfter: new Date(startOfDay(now, PERIOD_DAYS[period])).toISOString() }),
  };
}

/** Whether any filter besides the view is set. */
export function hasFilters({ search, tag, period }: OrderFilters): boolean {
  return search !== '' || tag !== '' || period !== 'anytime';
}
