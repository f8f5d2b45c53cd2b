import type { PageRequest } from '@souk/kit/domain';
import { keysetPage, mapPage } from '@souk/kit/persistence';
import { sql, type RawBuilder } from 'kysely';
import type { InventoryTransaction } from '../database.ts';
import type { PageResult } from '../warehouse/warehouse.repository.ts';
import type { StockLevel } from './stock-level.ts';
import type { StockMovement, StockMovementKind } from './stock-movement.ts';

/** A filter of stock. A missing field does not restrict the result. */
export interface StockFilter {
  readonly sku?: string | null | undefined;
  readonly warehouseId?: string | null | undefined;
}

/** A filter of stock levels. */
export interface StockLevelFilter extends StockFilter {
  /** Restricts the list to SKUs whose sellable units are at or below their threshold. */
  readonly low?: boolean | null | undefined;
}

const LEVEL_COLUMNS = [
  'id',
  'warehouse_id as warehouseId',
  'sku',
  'on_hand as onHand',
  'reserved',
  'version',
  'updated_at as updatedAt',
] as const;

/** A page of stock levels, sorted by SKU. */
export async function stockLevelPage(
  tx: InventoryTransaction,
  { sku, warehouseId, low }: StockLevelFilter,
  page: PageRequest,
): Promise<PageResult<StockLevel>> {
  let query = tx.db.selectFrom('stock_level').select(LEVEL_COLUMNS).where('tenant_id', '=', tx.tenantId);
  if (typeof sku === 'string') query = query.where('sku', '=', sku);
  if (typeof warehouseId === 'string') query = query.where('warehouse_id', '=', warehouseId);
  if (low) query = query.where('sku', 'in', lowSkus(tx.tenantId));
  return keysetPage(query, {
    sort: [{ by: 'stock_level.sku', direction: 'asc' }],
    id: 'stock_level.id',
    filter: [sku ?? null, warehouseId ?? null, low ?? null],
    page,
  });
}

/** The SKUs whose sellable units are at or below their threshold. */
function lowSkus(tenantId: string): RawBuilder<string> {
  return sql<string>`(
    select item.sku from stock_item item
     where item.tenant_id = ${tenantId} and item.low_stock_threshold is not null
       and item.low_stock_threshold >= sellable_units((
             select coalesce(sum(level.on_hand - level.reserved), 0)::bigint from stock_level level
               join warehouse on warehouse.tenant_id = level.tenant_id and warehouse.id = level.warehouse_id and warehouse.active
              where level.tenant_id = ${tenantId} and level.sku = item.sku), item))`;
}

/** A page of the stock ledger, the newest entry first. */
export async function stockMovementPage(
  tx: InventoryTransaction,
  { sku, warehouseId }: StockFilter,
  page: PageRequest,
): Promise<PageResult<StockMovement>> {
  let query = tx.db
    .selectFrom('stock_movement')
    .select(['id', 'kind', 'warehouse_id as warehouseId', 'sku'])
    .select(['on_hand_delta as onHandDelta', 'reserved_delta as reservedDelta', 'reason', 'occurred_at as occurredAt'])
    .select(['reservation_id as reservationId', 'order_id as orderId', 'actor_id as actorId'])
    .where('tenant_id', '=', tx.tenantId);
  if (typeof sku === 'string') query = query.where('sku', '=', sku);
  if (typeof warehouseId === 'string') query = query.where('warehouse_id', '=', warehouseId);
  const found = await keysetPage(query, {
    sort: [{ by: 'stock_movement.position', direction: 'desc' }],
    id: 'stock_movement.id',
    filter: [sku ?? null, warehouseId ?? null],
    page,
  });
  // The cast is safe, because a CHECK constraint of the table allows only these kinds.
  return found.ok
    ? { ok: true, value: mapPage(found.value, (row) => ({ ...row, kind: row.kind as StockMovementKind })) }
    : found;
}

/** The stock levels of SKUs, at most 200 per SKU. */
export async function levelsOfSkus(
  tx: InventoryTransaction,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly StockLevel[]>> {
  const { rows } = await sql<StockLevel>`
    select level.* from unnest(${skus}::text[]) as wanted (sku)
     cross join lateral (
       select id, warehouse_id as "warehouseId", sku, on_hand as "onHand", reserved, version, updated_at as "updatedAt"
         from stock_level where tenant_id = ${tx.tenantId} and stock_level.sku = wanted.sku order by id limit 200) level`.execute(
    tx.db,
  );
  return Map.groupBy(rows, ({ sku }) => sku);
}

/**
 * Creates an empty level unless it exists. No other transaction can create levels of the same tenant until this transaction ends.
 * @returns whether the level is new
 */
export async function createLevel(tx: InventoryTransaction, warehouseId: string, sku: string): Promise<boolean> {
  await lockLevelCreation(tx);
  const { rows } = await sql`insert into stock_level (warehouse_id, sku, on_hand) values (${warehouseId}, ${sku}, 0)
            on conflict (tenant_id, warehouse_id, sku) do nothing returning id`.execute(tx.db);
  return rows.length > 0;
}

/**
 * Serializes the creation of stock levels of a tenant. Without this lock, two transactions could create the first levels of a SKU in two
 * warehouses at the same time. Each would publish only its own units as the total of the SKU.
 * Take this lock before any lock on a stock level. The opposite order deadlocks, because the holder of this lock waits for locks on levels.
 */
export async function lockLevelCreation(tx: InventoryTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`stock-level:${tx.tenantId}`}, 0))`.execute(tx.db);
}

/** The warehouses that have a level of the SKU. */
export async function warehousesWithLevel(
  tx: InventoryTransaction,
  sku: string,
  warehouseIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ warehouseId: string }>`
    select warehouse_id as "warehouseId" from stock_level
     where tenant_id = ${tx.tenantId} and sku = ${sku} and warehouse_id = any(${warehouseIds}::uuid[])`.execute(tx.db);
  return new Set(rows.map(({ warehouseId }) => warehouseId));
}

/** The SKUs in the list that have a level in any warehouse. */
export async function stockedSkus(tx: InventoryTransaction, skus: readonly string[]): Promise<string[]> {
  // LATERAL and LIMIT make Postgres look up the index once per SKU, even without statistics for a table that has just grown.
  const { rows } = await sql<{ sku: string }>`
    select level.sku from unnest(${skus}::text[]) as wanted (sku)
     cross join lateral (
       select sku from stock_level where tenant_id = ${tx.tenantId} and stock_level.sku = wanted.sku limit 1) level`.execute(
    tx.db,
  );
  return rows.map(({ sku }) => sku);
}
