import type { EntityTables, ReadTransaction, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { BackorderEntity } from './backorder/backorder.entity.ts';
import { ReservationEntity, ReservationLineEntity } from './reservation/reservation.entity.ts';
import { StockItemEntity } from './stock-item/stock-item.entity.ts';
import { RestockEntity, RestockLineEntity, StockLevelEntity, StockMovementEntity } from './stock/stock.entity.ts';
import { WarehouseEntity } from './warehouse/warehouse.entity.ts';

/** The entities of this subgraph. A test compares them with the migrated database. */
export const entities = [
  WarehouseEntity,
  StockLevelEntity,
  StockMovementEntity,
  RestockEntity,
  RestockLineEntity,
  StockItemEntity,
  BackorderEntity,
  ReservationEntity,
  ReservationLineEntity,
];

/** The column types of the tables, derived from the entities for Kysely. */
export type InventoryDatabase = EntityTables<(typeof entities)[number]>;
export type InventoryTransaction = Transaction<InventoryDatabase>;
/** A read-only transaction on the tables of this subgraph. */
export type InventoryRead = ReadTransaction<InventoryDatabase>;
export type InventoryUnitOfWork = UnitOfWork<InventoryDatabase>;
