import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { keysetPage, mapPage, type KeysetPage } from '@souk/kit/persistence';
import { sql, type Selectable } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import { totalStep } from '../availability/availability-total.repository.ts';
import type { InventoryDatabase, InventoryTransaction } from '../database.ts';
import type { NewWarehouse, Warehouse } from './warehouse.ts';

/** A page of rows, or the reason why the request for it is invalid. */
export type PageResult<Row> = Result<KeysetPage<Row>, InvalidPage>;

/** A page of warehouses in the order of their priority. */
export async function warehousePage(tx: InventoryTransaction, page: PageRequest): Promise<PageResult<Warehouse>> {
  const found = await keysetPage(tx.db.selectFrom('warehouse').selectAll().where('tenant_id', '=', tx.tenantId), {
    sort: [{ by: 'warehouse.priority', direction: 'asc' }],
    id: 'warehouse.id',
    filter: null,
    page,
  });
  return found.ok ? { ok: true, value: mapPage(found.value, warehouseOf) } : found;
}

/** The warehouses with these ids, by id. Unknown ids are absent. */
export async function warehousesById(
  tx: InventoryTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Warehouse>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('warehouse')
    .selectAll()
    .where('tenant_id', '=', tx.tenantId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, warehouseOf(row)]));
}

/** Creates warehouses and skips a warehouse whose code is taken. @returns the ids of the created warehouses */
export async function insertWarehouses(
  tx: InventoryTransaction,
  warehouses: readonly NewWarehouse[],
): Promise<readonly string[]> {
  const rows = warehouses.map(({ code, name, address, priority }) => ({
    code,
    name,
    priority: priority ?? 0,
    address,
  }));
  const { rows: created } = await sql<{ id: string }>`
    insert into warehouse (code, name, priority, line1, line2, city, region, postal_code, country_code)
    select code, name, priority, address ->> 'line1', address ->> 'line2', address ->> 'city', address ->> 'region',
           address ->> 'postalCode', address ->> 'countryCode'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as line (code text, name text, priority integer, address jsonb)
    on conflict (tenant_id, code) do nothing returning id`.execute(tx.db);
  return created.map(({ id }) => id);
}

/** The ids of the warehouses, by code. */
export async function warehouseIdsByCode(
  tx: InventoryTransaction,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from warehouse where tenant_id = ${tx.tenantId} and code = any(${codes}::text[])`.execute(tx.db);
  return new Map(rows.map(({ id, code }) => [code, id]));
}

/** Locks every stock level in a warehouse. No reservation can take units from it until the transaction ends. */
export async function lockStockOfWarehouse(tx: InventoryTransaction, warehouseId: string): Promise<void> {
  await sql`
    select count(*) from (
      select 1 from stock_level level
       where level.tenant_id = ${tx.tenantId}
         and level.sku in (select sku from stock_level where tenant_id = ${tx.tenantId} and warehouse_id = ${warehouseId})
       order by level.id
         for no key update of level) locked`.execute(tx.db);
}

/** The number of reserved units in a warehouse. */
export async function reservedUnitsOf(tx: InventoryTransaction, warehouseId: string): Promise<number> {
  const { rows } = await sql<{ reserved: number }>`
    select coalesce(sum(reserved), 0)::bigint as reserved from stock_level
     where tenant_id = ${tx.tenantId} and warehouse_id = ${warehouseId}`.execute(tx.db);
  return rows[0]?.reserved ?? 0;
}

/** The number of units in a warehouse, including reserved units. Null when the warehouse never held stock, so it can be deleted. */
export async function unitsOnHandOf(tx: InventoryTransaction, warehouseId: string): Promise<number | null> {
  const { rows } = await sql<{ units: number | null }>`
    select sum(on_hand)::bigint as units from stock_level
     where tenant_id = ${tx.tenantId} and warehouse_id = ${warehouseId}`.execute(tx.db);
  return rows[0]?.units ?? null;
}

/**
 * The availability of the SKUs that a warehouse has on hand, in batches of at most 1,000.
 * @param afterSku the last SKU of the previous batch
 */
export async function availabilityInWarehouse(
  tx: InventoryTransaction,
  warehouseId: string,
  afterSku: string,
): Promise<SkuAvailability[]> {
  const { rows } = await sql<SkuAvailability>`
    with shift as (
      select sku, 0 as units from stock_level
       where tenant_id = ${tx.tenantId} and warehouse_id = ${warehouseId} and on_hand > 0 and sku > ${afterSku}
       order by sku limit 1000
    ), ${totalStep(tx.tenantId)}
    select sku, available from total order by sku`.execute(tx.db);
  return rows;
}

function warehouseOf(row: Selectable<InventoryDatabase['warehouse']>): Warehouse {
  const { id, code, name, line1, line2, city, region, postal_code, country_code, priority, active, version } = row;
  return {
    id,
    code,
    name,
    address: { line1, line2, city, region, postalCode: postal_code, countryCode: country_code },
    priority,
    active,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version,
  };
}
