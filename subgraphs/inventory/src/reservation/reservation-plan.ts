import { err, ok, type Result } from '@souk/kit/domain';
import type { ReservationTerms } from '../stock-item/stock-item.ts';
import {
  allocate,
  demandBySku,
  type Allocation,
  type AvailableStock,
  type DemandLine,
  type Shortage,
} from './allocation.ts';

/** The units to reserve for an order. */
export interface ReservationPlan {
  /** The units to take from stock levels. */
  readonly allocations: readonly Allocation[];
  /** The units that are sold without stock: SKUs whose stock does not limit the sale. */
  readonly untracked: readonly DemandLine[];
  /** The units that wait for stock. */
  readonly backordered: readonly DemandLine[];
}

type Terms = ReadonlyMap<string, ReservationTerms>;

/**
 * Decides how a demand is served. A SKU of mode NONE takes no stock. A SKU of mode TRACK_ONLY takes the existing stock. The missing
 * units of any other SKU wait for stock, if its limit of back-orders allows all of them. Otherwise nothing is planned, and the error lists
 * every SKU that lacks units.
 * @param hasWarehouse whether a warehouse can send units that are in no stock level
 */
export function planReservation(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
  terms: Terms,
  hasWarehouse: boolean,
): Result<ReservationPlan, readonly Shortage[]> {
  const available = availableBySku(stock);
  const served = [...demand].map(([sku, requested]) =>
    servedUnits(sku, requested, available.get(sku) ?? 0, terms.get(sku), hasWarehouse),
  );
  const shortages = served.flatMap(({ shortage }) => shortage ?? []);
  if (shortages.length > 0) return err(shortages);
  const part = (name: 'tracked' | 'untracked' | 'backordered') =>
    served.flatMap((each) => (each[name] > 0 ? [{ sku: each.sku, quantity: each[name] }] : []));
  const allocated = allocate(demandBySku(part('tracked')), stock);
  if (!allocated.ok) return allocated;
  return ok({ allocations: allocated.value, untracked: part('untracked'), backordered: part('backordered') });
}

interface ServedUnits {
  readonly sku: string;
  readonly tracked: number;
  readonly untracked: number;
  readonly backordered: number;
  readonly shortage?: Shortage;
}

function servedUnits(
  sku: string,
  requested: number,
  available: number,
  terms: ReservationTerms | undefined,
  hasWarehouse: boolean,
): ServedUnits {
  const mode = terms?.mode ?? 'RESERVE_ON_ORDER';
  const tracked = mode === 'NONE' ? 0 : Math.min(requested, available);
  const missing = requested - tracked;
  const none = { sku, tracked, untracked: 0, backordered: 0 };
  if (missing === 0) return none;
  if (mode === 'NONE' || mode === 'TRACK_ONLY')
    return hasWarehouse ? { ...none, untracked: missing } : { ...none, shortage: { sku, requested, available } };
  const backorderable = terms ? Math.max(0, terms.backorderLimit - terms.backordered) : 0;
  if (missing <= backorderable) return { ...none, backordered: missing };
  return { ...none, shortage: { sku, requested, available: available + backorderable } };
}

/**
 * The units to reserve for a cart: of the SKUs with the mode RESERVE_ON_CART, at most the available units. When a cart
 * has more units than are available, its checkout refuses the rest. Empty when the cart has no such SKU.
 */
export function planCartHold(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
  terms: Terms,
): readonly Allocation[] {
  const available = availableBySku(stock);
  const held = [...demand]
    .filter(([sku]) => terms.get(sku)?.mode === 'RESERVE_ON_CART')
    .map(([sku, quantity]) => [sku, Math.min(quantity, available.get(sku) ?? 0)] as const)
    .filter(([, quantity]) => quantity > 0);
  const allocated = allocate(new Map(held), stock);
  if (!allocated.ok) throw new Error('A cart cannot reserve the units that are available');
  return allocated.value;
}

/** How long a cart reserves its units, in seconds: the shortest time of its SKUs. Null when the cart reserves nothing. */
export function cartHoldSeconds(skus: Iterable<string>, terms: Terms): number | null {
  const times = [...skus]
    .flatMap((sku) => terms.get(sku) ?? [])
    .filter(({ mode }) => mode === 'RESERVE_ON_CART')
    .map((each) => each.cartHoldSeconds);
  return times.length > 0 ? Math.min(...times) : null;
}

function availableBySku(stock: readonly AvailableStock[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { sku, available } of stock) units.set(sku, (units.get(sku) ?? 0) + Math.max(0, available));
  return units;
}
