import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import { availabilityChanged } from '../availability/availability.events.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { availabilityOfSkus } from '../availability/availability.repository.ts';
import { dropBackorders } from '../backorder/backorder.repository.ts';
import type { ReservationEnd } from './reservation.machine.ts';
import { cartHoldAfter } from './cart-hold.repository.ts';
import { closeUnknown, endReservations, holdStock, lockStockOf, statusOf } from './reservation.repository.ts';

/** Returned when the reservation is no longer held, or was never held. */
export interface ReservationClosed {
  readonly code: 'RESERVATION_CLOSED';
}

const EXPIRY_BATCH = 200;

/** Ends reservations. `contract.ts` describes each command. */
export class ReservationService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Releases the stock of a checkout that failed. Units of SKUs that carts reserve go back to the reservation of the cart. */
  release(ctx: RequestContext, id: string): Promise<{ released: boolean }> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      if (await this.#release(tx, id)) return { released: true };
      if (await closeUnknown(tx, id)) return { released: true };
      // The id exists: the reservation ended earlier, or a concurrent request created it while this transaction waited.
      if (await this.#release(tx, id)) return { released: true };
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

  /** @returns whether this call ended the reservation */
  async #release(tx: InventoryTransaction, id: string): Promise<boolean> {
    if (!(await this.#end(tx, [id], 'RELEASED'))) return false;
    const hold = await cartHoldAfter(tx, id);
    const held = hold && (await holdStock(tx, { ...hold, id: randomUUID(), orderId: null }));
    // A null result means that a warehouse was deactivated meanwhile. The units are then not reserved again.
    if (held) tx.outbox.append(availabilityChanged(tx.tenantId, held));
    return true;
  }

  /** @returns the number of reservations that this call ended */
  async #end(tx: InventoryTransaction, ids: readonly string[], end: ReservationEnd): Promise<number> {
    const waits = await lockStockOf(tx, ids);
    // After a commit, waiting units continue to wait. Otherwise they stop waiting before the availability is
    // calculated.
    const freed = waits && end !== 'COMMITTED' ? await dropBackorders(tx, ids, end) : [];
    const { ended, totals } = await endReservations(tx, ids, end);
    const left = freed.length > 0 ? await availabilityOfSkus(tx, freed) : [];
    tx.outbox.append(availabilityChanged(tx.tenantId, [...totals, ...left]));
    return ended;
  }
}
