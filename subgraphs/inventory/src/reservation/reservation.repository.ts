import { sql } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { TOTALS } from '../availability/availability-total.repository.ts';
import type { StockAllocation } from '../contract.ts';
import type { InventoryTransaction } from '../database.ts';
import { lockedLevels, movementSteps, type LockedLevel } from '../stock/stock-ledger.repository.ts';
import type { Allocation } from './allocation.ts';
import { DELTAS_OF_END, type ReservationEnd, type ReservationStatus } from './reservation.machine.ts';
import type { Reservation } from './reservation.ts';

/** A new reservation, with the units that each stock level must hold. */
export interface NewReservation {
  readonly id: string;
  readonly orderId: string;
  readonly expiresInSeconds: number;
  readonly allocations: readonly Allocation[];
}

/** The data that decides whether a reservation can be made. The stock levels are locked. */
export interface ReservationGround {
  /** The status of the reservation with the id. Null when the id is free. */
  readonly status: ReservationStatus | null;
  readonly levels: readonly LockedLevel[];
}

/** Locks the stock of the SKUs and reads the status of the reservation id, in one round trip. */
export async function lockGround(
  tx: InventoryTransaction,
  reservationId: string,
  skus: readonly string[],
): Promise<ReservationGround> {
  const { rows } = await sql<{ status: ReservationStatus | null } & (LockedLevel | { id: null })>`
    with locked as materialized (${lockedLevels(tx.tenantId, skus)})
    select (select status from reservation where tenant_id = ${tx.tenantId} and id = ${reservationId}) as status, locked.*
      from (values (1)) as always left join locked on true`.execute(tx.db);
  return { status: rows[0]?.status ?? null, levels: rows.filter((row) => row.id !== null) };
}

/**
 * Writes the reservation, its stock levels and the ledger in one statement.
 * @returns the SKUs whose availability changed. Writes nothing and returns null when a concurrent transaction used the id or deactivated a
 * warehouse while this transaction waited for locks.
 */
export async function holdStock(
  tx: InventoryTransaction,
  { id, orderId, expiresInSeconds, allocations }: NewReservation,
): Promise<SkuAvailability[] | null> {
  const column = <Name extends keyof Allocation>(name: Name) => allocations.map((each) => each[name]);
  const { rows } = await sql<{ claimed: boolean; totals: SkuAvailability[] }>`
    with line as (
      select * from unnest(${column('stockLevelId')}::uuid[], ${column('warehouseId')}::uuid[], ${column('quantity')}::bigint[])
        as line (stock_level_id, warehouse_id, quantity)
    ), claimed as (
      insert into reservation (id, order_id, status, expires_at)
      -- The time of the database, which the sweeper compares with: two processes' clocks may differ.
      select ${id}::uuid, ${orderId}::uuid, 'HELD', now() + make_interval(secs => ${expiresInSeconds})
       where not exists (select from line join warehouse on warehouse.tenant_id = ${tx.tenantId}
                           and warehouse.id = line.warehouse_id where not warehouse.active)
      on conflict (tenant_id, id) do nothing
      returning id, order_id
    ), kept as (
      insert into reservation_line (reservation_id, stock_level_id, quantity)
      select claimed.id, line.stock_level_id, line.quantity from line, claimed
    ), moved as (
      select line.stock_level_id, 0::bigint as on_hand_delta, line.quantity as reserved_delta,
             claimed.id as reservation_id, claimed.order_id
        from line, claimed
    ), ${movementSteps(tx.tenantId, { kind: 'RESERVED', reason: null })}
    select exists (select from claimed) as claimed, ${TOTALS} as totals`.execute(tx.db);
  const [row] = rows;
  return row?.claimed ? row.totals : null;
}

/** Locks all stock of the SKUs in the reservations. A transaction must hold these locks before it changes rows of reservations. */
export async function lockStockOf(tx: InventoryTransaction, ids: readonly string[]): Promise<void> {
  await sql`
    select level.id from stock_level level
     where level.tenant_id = ${tx.tenantId} and level.sku in (
             select held.sku from reservation_line line
               join stock_level held on held.tenant_id = line.tenant_id and held.id = line.stock_level_id
              where line.tenant_id = ${tx.tenantId} and line.reservation_id = any(${ids}::uuid[]))
     order by level.id
       for no key update of level`.execute(tx.db);
}

/** The number of ended reservations, and the SKUs whose availability changed. */
export interface EndedReservations {
  readonly ended: number;
  readonly totals: readonly SkuAvailability[];
}

/**
 * Ends the given reservations that are still held. With EXPIRED, only overdue reservations end. The stock of the SKUs in these reservations
 * must be locked.
 */
export async function endReservations(
  tx: InventoryTransaction,
  ids: readonly string[],
  end: ReservationEnd,
): Promise<EndedReservations> {
  const { onHand, reserved } = DELTAS_OF_END[end];
  const overdue = end === 'EXPIRED' ? sql`and expires_at <= now()` : sql``;
  const { rows } = await sql<EndedReservations>`
    with ended as (
      update reservation set status = ${end}
       where tenant_id = ${tx.tenantId} and id = any(${ids}::uuid[]) and status = 'HELD' ${overdue}
      returning id, order_id
    ), moved as (
      select line.stock_level_id, line.quantity * ${onHand}::bigint as on_hand_delta,
             line.quantity * ${reserved}::bigint as reserved_delta, ended.id as reservation_id, ended.order_id
        from ended
        join reservation_line line on line.tenant_id = ${tx.tenantId} and line.reservation_id = ended.id
    ), ${movementSteps(tx.tenantId, { kind: end, reason: null })}
    select (select count(*) from ended) as ended, ${TOTALS} as totals`.execute(tx.db);
  return rows[0] ?? { ended: 0, totals: [] };
}

/** The status of a reservation. Null when the id is unknown. */
export async function statusOf(tx: InventoryTransaction, id: string): Promise<ReservationStatus | null> {
  const { rows } = await sql<{ status: ReservationStatus }>`
    select status from reservation where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db);
  return rows[0]?.status ?? null;
}

/**
 * Marks an unknown reservation id as released, so it can never hold stock.
 * @returns false when a reservation with the id exists, also when it was created while this statement waited
 */
export async function closeUnknown(tx: InventoryTransaction, id: string): Promise<boolean> {
  const { rows } = await sql`
    insert into reservation (id, status, expires_at) values (${id}, 'RELEASED', now())
    on conflict (tenant_id, id) do nothing returning id`.execute(tx.db);
  return rows.length === 1;
}

/** The allocations of reservations, by the id of the reservation. */
export async function allocationsOf(
  tx: InventoryTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly StockAllocation[]>> {
  const { rows } = await sql<StockAllocation & { reservationId: string }>`
    select line.reservation_id as "reservationId", level.sku, level.warehouse_id as "warehouseId", line.quantity
      from reservation_line line
      join stock_level level on level.tenant_id = line.tenant_id and level.id = line.stock_level_id
     where line.tenant_id = ${tx.tenantId} and line.reservation_id = any(${ids}::uuid[])
     order by level.sku, level.warehouse_id`.execute(tx.db);
  const byReservation = Map.groupBy(rows, ({ reservationId }) => reservationId);
  return new Map(
    [...byReservation].map(([id, lines]) => [
      id,
      lines.map(({ sku, warehouseId, quantity }) => ({ sku, warehouseId, quantity })),
    ]),
  );
}

/** Finds reservations by the values of one column, the oldest first. */
export function findReservations(
  { db, tenantId }: InventoryTransaction,
  column: 'id' | 'order_id',
  values: readonly string[],
): Promise<Omit<Reservation, 'lines'>[]> {
  return db
    .selectFrom('reservation')
    .select(['id', 'order_id as orderId', 'status', 'expires_at as expiresAt', 'created_at as createdAt'])
    .where('tenant_id', '=', tenantId)
    .where(column, 'in', [...values])
    .orderBy('created_at')
    .execute();
}
