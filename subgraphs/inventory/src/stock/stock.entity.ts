import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';

/** A stock level. Only the code in `stock-ledger.repository.ts` changes a level, together with the ledger. */
export const StockLevelEntity = defineEntity({
  name: 'StockLevel',
  tableName: 'stock_level',
  properties: {
    ...baseColumns,
    warehouseId: p.uuid(),
    sku: p.text(),
    onHand: p.bigint('number'),
    reserved: p.bigint('number'),
  },
});

/** An entry of the append-only stock ledger. The application role may neither update nor delete entries. */
export const StockMovementEntity = defineEntity({
  name: 'StockMovement',
  tableName: 'stock_movement',
  properties: {
    id: p.uuid().primary(),
    ...tenantColumn,
    position: p.bigint('number'),
    stockLevelId: p.uuid(),
    warehouseId: p.uuid(),
    sku: p.text(),
    kind: p.text(),
    onHandDelta: p.bigint('number'),
    reservedDelta: p.bigint('number'),
    reservationId: p.uuid().nullable(),
    orderId: p.uuid().nullable(),
    actorId: p.uuid().nullable(),
    reason: p.text().nullable(),
    occurredAt: p.datetime(),
  },
});

/** A completed restock. A second restock with the same id has no effect. */
export const RestockEntity = defineEntity({
  name: 'Restock',
  tableName: 'restock',
  properties: { ...tenantColumn, id: p.uuid().primary(), orderId: p.uuid(), occurredAt: p.datetime() },
});

/** The units that a restock returned to a stock level. A line never changes. */
export const RestockLineEntity = defineEntity({
  name: 'RestockLine',
  tableName: 'restock_line',
  properties: {
    ...tenantColumn,
    restockId: p.uuid().primary(),
    stockLevelId: p.uuid().primary(),
    orderId: p.uuid(),
    quantity: p.bigint('number'),
  },
});
