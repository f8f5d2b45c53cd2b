import { sql } from 'kysely';
import type { SkuAvailability } from '../availability/availability.events.ts';
import type { InventoryTransaction } from '../database.ts';
import { TOTALS, totalStep } from '../availability/availability-total.repository.ts';

const REASON = 'Imported';

/** The number of new levels, and the availability of their SKUs. */
export interface InsertedLevels {
  readonly created: number;
  readonly totals: readonly SkuAvailability[];
}

/**
 * Inserts the new levels and records the units of each level in the ledger. The caller must have locked the stock of
 * these SKUs.
 */
export async function insertLevels(
  tx: InventoryTransaction,
  levels: readonly { readonly warehouseId: string; readonly sku: string; readonly onHand: number }[],
): Promise<InsertedLevels> {
  const column = <Name extends keyof (typeof levels)[number]>(name: Name) => levels.map((level) => level[name]);
  const { rows } = await sql<InsertedLevels>`
    with created as (
      insert into stock_level (warehouse_id, sku, on_hand)
      select * from unnest(${column('warehouseId')}::uuid[], ${column('sku')}::text[], ${column('onHand')}::bigint[])
      on conflict (tenant_id, warehouse_id, sku) do nothing
      returning id, warehouse_id, sku, on_hand
    ), recorded as (
      insert into stock_movement (stock_level_id, warehouse_id, sku, kind, on_hand_delta, reserved_delta, reason)
      select id, warehouse_id, sku, 'RECEIVED', on_hand, 0, ${REASON} from created where on_hand > 0
    ), shift as (
      select created.sku, sum(created.on_hand) as units from created
        join warehouse on warehouse.tenant_id = ${tx.tenantId} and warehouse.id = created.warehouse_id and warehouse.active
       group by created.sku having sum(created.on_hand) > 0
    ), ${totalStep(tx.tenantId)}
    select (select count(*) from created) as created, ${TOTALS} as totals`.execute(tx.db);
  return rows[0] ?? { created: 0, totals: [] };
}
