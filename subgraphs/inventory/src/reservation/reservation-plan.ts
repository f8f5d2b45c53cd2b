import { err, ok, type Result } from '@souk/kit/domain';
import { DEFAULT_TERMS, type StockTerms } from '../stock-item/stock-item.ts';
import { allocate, type Allocation, type AvailableStock, type DemandLine, type Shortage } from './allocation.ts';

/** The units to reserve for an order. */
export interface ReservationPlan {
  /** The units to take from stock levels. */
  readonly allocations: readonly Allocation[];
  /** The units that are sold without stock: SKUs whose stock does not limit the sale. */
  readonly untracked: readonly DemandLine[];
}

/**
 * Decides how a demand is served. A SKU of mode NONE takes no stock. A SKU of mode TRACK_ONLY takes the stock that there is. When the units
 * of any other SKU do not suffice, nothing is planned, and the error lists every such SKU.
 * @param hasWarehouse whether a warehouse can send units that are in no stock level
 */
export function planReservation(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
  terms: ReadonlyMap<string, StockTerms>,
  hasWarehouse: boolean,
): Result<ReservationPlan, readonly Shortage[]> {
  const available = availableBySku(stock);
  const untracked = [...demand].flatMap(([sku, quantity]) => {
    const surplus = untrackedUnits((terms.get(sku) ?? DEFAULT_TERMS).mode, quantity, available.get(sku) ?? 0);
    return surplus > 0 ? [{ sku, quantity: surplus }] : [];
  });
  if (untracked.length > 0 && !hasWarehouse)
    return err(untracked.map(({ sku }) => ({ sku, requested: demand.get(sku) ?? 0, available: 0 })));
  const tracked = new Map(demand);
  for (const { sku, quantity } of untracked) tracked.set(sku, (tracked.get(sku) ?? 0) - quantity);
  const allocated = allocate(tracked, stock);
  return allocated.ok ? ok({ allocations: allocated.value, untracked }) : allocated;
}

function untrackedUnits(mode: StockTerms['mode'], quantity: number, available: number): number {
  if (mode === 'NONE') return quantity;
  return mode === 'TRACK_ONLY' ? Math.max(0, quantity - available) : 0;
}

/**
 * The units to reserve for a cart: of the SKUs of mode RESERVE_ON_CART, as many units as there are. Empty when the cart has no such SKU.
 * A cart may ask for more than there is. Its checkout refuses the rest.
 */
export function planCartHold(
  demand: ReadonlyMap<string, number>,
  stock: readonly AvailableStock[],
  terms: ReadonlyMap<string, StockTerms>,
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
export function cartHoldSeconds(skus: Iterable<string>, terms: ReadonlyMap<string, StockTerms>): number | null {
  const times = [...skus]
    .map((sku) => terms.get(sku) ?? DEFAULT_TERMS)
    .filter(({ mode }) => mode === 'RESERVE_ON_CART')
    .map((each) => each.cartHoldSeconds);
  return times.length > 0 ? Math.min(...times) : null;
}

function availableBySku(stock: readonly AvailableStock[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { sku, available } of stock) units.set(sku, (units.get(sku) ?? 0) + Math.max(0, available));
  return units;
}
