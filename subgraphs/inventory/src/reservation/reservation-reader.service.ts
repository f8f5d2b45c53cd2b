import { requireScope, type RequestContext } from '@souk/kit/context';
import { StockRead } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { warehousesById } from '../warehouse/warehouse.repository.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { allocationsOf, findReservations } from './reservation.repository.ts';
import type { Reservation } from './reservation.ts';

/** A reservation with the warehouses of its lines. */
export interface PlacedReservation {
  readonly reservation: Reservation;
  readonly warehouses: ReadonlyMap<string, Warehouse>;
}

/** Reads reservations for staff. */
export class ReservationReader {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  async byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, PlacedReservation>> {
    const placed = await this.#where(ctx, 'id', ids);
    return new Map(placed.map((each) => [each.reservation.id, each]));
  }

  /** The reservations of each order, the oldest first. */
  async byOrders(
    ctx: RequestContext,
    orderIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly PlacedReservation[]>> {
    const placed = await this.#where(ctx, 'order_id', orderIds);
    return Map.groupBy(placed, ({ reservation }) => reservation.orderId ?? '');
  }

  #where(ctx: RequestContext, column: 'id' | 'order_id', values: readonly string[]): Promise<PlacedReservation[]> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, (tx) => placedReservations(tx, column, values));
  }
}

/** Adds the lines and warehouses to reservations. Runs three statements for any number of reservations. */
async function placedReservations(
  tx: InventoryTransaction,
  column: 'id' | 'order_id',
  values: readonly string[],
): Promise<PlacedReservation[]> {
  const rows = await findReservations(tx, column, values);
  const lines = await allocationsOf(
    tx,
    rows.map(({ id }) => id),
  );
  const warehouseIds = [...lines.values()].flatMap((each) => each.map(({ warehouseId }) => warehouseId));
  const warehouses = await warehousesById(tx, warehouseIds);
  return rows.map((row) => ({
    reservation: { ...row, lines: lines.get(row.id) ?? [] },
    warehouses,
  }));
}
