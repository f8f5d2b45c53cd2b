import { randomUUID } from 'node:crypto';
import { systemContext, type RequestContext } from '@souk/kit/context';
import { sql } from 'kysely';
import { AvailabilityChanged } from '../contract.ts';
import type { InventoryUnitOfWork } from '../database.ts';
import { StockImportService } from '../stock/stock-import.service.ts';

/** Creates a tenant with stock. `{ lamp: [20, 30] }` means 20 lamps in warehouse W0 and 30 lamps in W1. W0 has the first priority. */
export async function stockedTenant(
  unitOfWork: InventoryUnitOfWork,
  stock: Readonly<Record<string, readonly number[]>>,
): Promise<RequestContext> {
  const ctx = systemContext(randomUUID(), 'test', randomUUID());
  const count = Math.max(1, ...Object.values(stock).map((quantities) => quantities.length));
  const warehouses = Array.from({ length: count }, (_, index) => ({
    code: `W${index}`,
    name: `Warehouse ${index}`,
    address: { countryCode: 'DE' },
    priority: index,
  }));
  const levels = Object.entries(stock).flatMap(([sku, quantities]) =>
    quantities.map((onHand, index) => ({ warehouseCode: `W${index}`, sku, onHand })),
  );
  await new StockImportService(unitOfWork).importStock(ctx, { warehouses, levels });
  return ctx;
}

/** A stock level with the sums of its ledger entries. */
export interface LedgerRow {
  readonly warehouse: string;
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly ledgerOnHand: number;
  readonly ledgerReserved: number;
}

/** Every level of the tenant with the sums of its movements. */
export async function ledgerOf(unitOfWork: InventoryUnitOfWork, ctx: RequestContext): Promise<LedgerRow[]> {
  return unitOfWork.read(ctx, async (tx) => {
    const { rows } = await sql<LedgerRow>`
      select warehouse.code as warehouse, level.sku, level.on_hand as "onHand", level.reserved,
             coalesce(sum(on_hand_delta), 0)::bigint as "ledgerOnHand", coalesce(sum(reserved_delta), 0)::bigint as "ledgerReserved"
        from stock_level level
        join warehouse on warehouse.id = level.warehouse_id
        left join stock_movement movement on movement.stock_level_id = level.id
       group by warehouse.code, level.id, level.sku, level.on_hand, level.reserved
       order by level.sku, warehouse.code`.execute(tx.db);
    return rows;
  });
}

/** The units by SKU as `[onHand, reserved]`, summed over all warehouses. */
export async function unitsOf(unitOfWork: InventoryUnitOfWork, ctx: RequestContext): Promise<Record<string, number[]>> {
  const units: Record<string, number[]> = {};
  for (const { sku, onHand, reserved } of await ledgerOf(unitOfWork, ctx)) {
    const [onHandBefore = 0, reservedBefore = 0] = units[sku] ?? [];
    units[sku] = [onHandBefore + onHand, reservedBefore + reserved];
  }
  return units;
}

/** The ids of the tenant's warehouses by code. */
export async function warehouseIds(
  unitOfWork: InventoryUnitOfWork,
  ctx: RequestContext,
): Promise<Readonly<Record<string, string>>> {
  return unitOfWork.read(ctx, async (tx) => {
    const rows = await tx.db.selectFrom('warehouse').select(['code', 'id']).execute();
    return Object.fromEntries(rows.map(({ code, id }) => [code, id]));
  });
}

/** The `AvailabilityChanged` events in the outbox as `sku=available`, in the order of publication. */
export async function announced(unitOfWork: InventoryUnitOfWork, ctx: RequestContext): Promise<string[]> {
  return unitOfWork.read(ctx, async (tx) => {
    const { rows } = await sql<{ event: string }>`
      select payload ->> 'sku' || '=' || (payload ->> 'available') as event from outbox_event
       where subject = ${AvailabilityChanged.subject} order by position`.execute(tx.db);
    return rows.map(({ event }) => event);
  });
}
