import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import type { z } from 'zod';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { ReserveStock, reserveErrorSchema, StockAllocation } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { availableUnits } from '../stock/stock-level.ts';
import type { LockedLevel } from '../stock/stock-ledger.repository.ts';
import { allocate, demandBySku, type Allocation, type AvailableStock } from './allocation.ts';
import type { ReservationEnd } from './reservation.machine.ts';
import {
  allocationsOf,
  closeUnknown,
  endReservations,
  holdStock,
  lockGround,
  lockStockOf,
  statusOf,
} from './reservation.repository.ts';

export type ReserveRequest = z.infer<typeof ReserveStock.request>;
type ReserveError = z.infer<typeof reserveErrorSchema>;
export type Reserved = Result<{ allocations: StockAllocation[] }, ReserveError>;
/** Returned when the reservation is no longer held, or was never held. */
export interface ReservationClosed {
  readonly code: 'RESERVATION_CLOSED';
}

const EXPIRY_BATCH = 200;

/** Reserves stock for orders and ends reservations. `contract.ts` describes each command. */
export class ReservationService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Reserves stock. Needs five round trips when the stock is available. */
  reserve(ctx: RequestContext, request: ReserveRequest): Promise<Reserved> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      const first = await this.#tryReserve(tx, request);
      if (first?.ok) return first;
      // The first try may have read rows that another transaction changed while this transaction waited for the locks. The second try
      // begins with the locks held. It therefore sees the current stock, the current warehouses, and a reservation that a repeated request
      // has made.
      const second = await this.#tryReserve(tx, request);
      if (!second)
        throw new Error(
          `Reservation ${request.reservationId} was changed by another transaction although its stock is locked. This is a bug in the locking`,
        );
      return second;
    });
  }

  /** Tries once. Null when a concurrent transaction changed the reservation or a warehouse while this transaction waited for locks. */
  async #tryReserve(tx: InventoryTransaction, request: ReserveRequest): Promise<Reserved | null> {
    const { reservationId: id, orderId, expiresInSeconds } = request;
    const demand = demandBySku(request.lines);
    const { status, levels } = await lockGround(tx, id, [...demand.keys()]);
    if (status === 'HELD') return ok({ allocations: [...((await allocationsOf(tx, [id])).get(id) ?? [])] });
    if (status) return err({ code: 'RESERVATION_CLOSED' });
    const allocated = allocate(demand, levels.filter((level) => level.warehouseActive).map(availableStock));
    if (!allocated.ok) return err({ code: 'INSUFFICIENT_STOCK', shortages: [...allocated.error] });
    const totals = await holdStock(tx, { id, orderId, expiresInSeconds, allocations: allocated.value });
    if (!totals) return null;
    tx.outbox.append(availabilityChanged(tx.tenantId, totals));
    return ok({ allocations: allocated.value.map(stockAllocation) });
  }

  release(ctx: RequestContext, id: string): Promise<{ released: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      if (await this.#end(tx, [id], 'RELEASED')) return { released: true };
      if (await closeUnknown(tx, id)) return { released: true };
      // The id exists: the reservation ended earlier, or a concurrent request created it while this transaction waited.
      if (await this.#end(tx, [id], 'RELEASED')) return { released: true };
      return { released: (await statusOf(tx, id)) !== 'COMMITTED' };
    });
  }

  commit(ctx: RequestContext, id: string): Promise<Result<Record<never, never>, ReservationClosed>> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      if (await this.#end(tx, [id], 'COMMITTED')) return ok({});
      return (await statusOf(tx, id)) === 'COMMITTED' ? ok({}) : err({ code: 'RESERVATION_CLOSED' as const });
    });
  }

  /**
   * Releases the stock of every expired reservation of all tenants. Several processes may call this method at the same time: the locks on
   * the stock serialize the calls, and a later call finds the reservations already ended.
   * @returns the number of expired reservations
   */
  async expireOverdue(): Promise<number> {
    for (let expired = 0; ;) {
      const due = await this.#unitOfWork.due('due_reservations', EXPIRY_BATCH);
      for (const [tenantId, rows] of Map.groupBy(due, (row) => row.tenantId)) {
        const ctx = systemContext(tenantId, 'inventory.expire-reservations', randomUUID());
        const ids = rows.map((row) => row.id);
        expired += await this.#unitOfWork.run(ctx, (tx) => this.#end(tx, ids, 'EXPIRED'));
      }
      if (due.length < EXPIRY_BATCH) return expired;
    }
  }

  /** @returns the number of reservations that this call ended */
  async #end(tx: InventoryTransaction, ids: readonly string[], end: ReservationEnd): Promise<number> {
    await lockStockOf(tx, ids);
    const { ended, totals } = await endReservations(tx, ids, end);
    tx.outbox.append(availabilityChanged(tx.tenantId, totals));
    return ended;
  }
}

function availableStock(level: LockedLevel): AvailableStock {
  const { id, warehouseId, sku, warehousePriority } = level;
  return { stockLevelId: id, warehouseId, sku, available: availableUnits(level), warehousePriority };
}

function stockAllocation({ sku, warehouseId, quantity }: Allocation): StockAllocation {
  return { sku, warehouseId, quantity };
}
