import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { z } from 'zod';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { ReserveStock, reserveErrorSchema, StockAllocation } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { backordersOf, insertBackorders, lockItems } from '../backorder/backorder.repository.ts';
import { demandBySku, type DemandLine } from './allocation.ts';
import { availableStock } from './available-stock.ts';
import { lockGround, type ReservationGround } from './reservation-ground.repository.ts';
import { planReservation } from './reservation-plan.ts';
import { allocationsOf, endReservations, holdStock } from './reservation.repository.ts';

export type ReserveRequest = z.infer<typeof ReserveStock.request>;
interface ReservedUnits {
  readonly allocations: StockAllocation[];
  /** Units that wait for stock. */
  readonly backordered?: DemandLine[];
}
export type Reserved = Result<ReservedUnits, z.infer<typeof reserveErrorSchema>>;

/** Reserves stock for orders. `contract.ts` describes the command. */
export class ReserveService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Reserves stock. Needs five round trips when the stock is available and no cart reserves stock. */
  reserve(ctx: RequestContext, request: ReserveRequest): Promise<Reserved> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      const ground = await groundOf(tx, request);
      const canWait = [...ground.terms].filter(([, { backorderLimit }]) => backorderLimit > 0).map(([sku]) => sku);
      if (canWait.length > 0) await lockItems(tx, canWait);
      // The first try may have read rows that another transaction changed while this transaction waited for the locks.
      const isCurrent = ground.cartHolds.length === 0 && canWait.length === 0;
      const first = isCurrent ? await tryReserve(tx, request, ground) : null;
      if (first?.ok) return first;
      // The second try begins with the locks held. It therefore sees the current stock, the current warehouses, and a reservation that a
      // repeated request has made.
      const second = await tryReserve(tx, request, await groundOf(tx, request));
      if (!second)
        throw new Error(
          `Reservation ${request.reservationId} was changed by another transaction although its stock is locked. This is a bug in the locking`,
        );
      return second;
    });
  }
}

function groundOf(tx: InventoryTransaction, request: ReserveRequest): Promise<ReservationGround> {
  const skus = [...new Set(request.lines.map(({ sku }) => sku))];
  return lockGround(tx, request.reservationId, skus, request.cartId ?? null);
}

/** Tries once. Null when a concurrent transaction changed the state while this transaction waited for locks. */
async function tryReserve(
  tx: InventoryTransaction,
  request: ReserveRequest,
  ground: ReservationGround,
): Promise<Reserved | null> {
  const { reservationId: id, orderId, expiresInSeconds } = request;
  const demand = demandBySku(request.lines);
  if (ground.status === 'HELD') return ok(await repeated(tx, id, demand, ground));
  if (ground.status) return err({ code: 'RESERVATION_CLOSED' });
  const { levels, terms, firstWarehouseId, cartHolds } = ground;
  const planned = planReservation(demand, availableStock(levels, cartHolds, terms), terms, firstWarehouseId !== null);
  if (!planned.ok) return err({ code: 'INSUFFICIENT_STOCK', shortages: [...planned.error] });
  const { allocations, untracked, backordered } = planned.value;
  const released = await endReservations(tx, [...new Set(cartHolds.map((held) => held.reservationId))], 'RELEASED');
  const cart = { cartId: reservesInCart(ground) ? (request.cartId ?? null) : null, cartVersion: null };
  const totals = await holdStock(tx, { id, orderId, ...cart, expiresInSeconds, allocations });
  if (!totals) return null;
  if (backordered.length > 0) await insertBackorders(tx, { reservationId: id, orderId }, backordered);
  tx.outbox.append(availabilityChanged(tx.tenantId, [...released.totals, ...totals]));
  return ok(reservedUnits(withUntracked(allocations, untracked, firstWarehouseId), backordered));
}

function reservedUnits(allocations: StockAllocation[], backordered: readonly DemandLine[]): ReservedUnits {
  return backordered.length > 0 ? { allocations, backordered: [...backordered] } : { allocations };
}

/** The reply to a repeated command: the units in stock levels and the waiting units are stored, and the rest of the demand is untracked. */
async function repeated(
  tx: InventoryTransaction,
  id: string,
  demand: ReadonlyMap<string, number>,
  { firstWarehouseId }: ReservationGround,
): Promise<ReservedUnits> {
  const stored = (await allocationsOf(tx, [id])).get(id) ?? [];
  const backordered = await backordersOf(tx, id);
  const known = demandBySku([...stored, ...backordered]);
  const untracked = [...demand].map(([sku, quantity]) => ({ sku, quantity: quantity - (known.get(sku) ?? 0) }));
  return reservedUnits(withUntracked(stored, untracked, firstWarehouseId), backordered);
}

/** Adds units that no stock level has. The first warehouse ships them. */
function withUntracked(
  allocations: readonly StockAllocation[],
  untracked: readonly DemandLine[],
  firstWarehouseId: string | null,
): StockAllocation[] {
  const all = allocations.map(({ sku, warehouseId, quantity }) => ({ sku, warehouseId, quantity }));
  if (firstWarehouseId === null) return all;
  for (const { sku, quantity } of untracked.filter((each) => each.quantity > 0)) {
    const same = all.find((each) => each.sku === sku && each.warehouseId === firstWarehouseId);
    if (same) same.quantity += quantity;
    else all.push({ sku, warehouseId: firstWarehouseId, quantity });
  }
  return all;
}

function reservesInCart({ terms }: ReservationGround): boolean {
  return terms.values().some(({ mode }) => mode === 'RESERVE_ON_CART');
}
