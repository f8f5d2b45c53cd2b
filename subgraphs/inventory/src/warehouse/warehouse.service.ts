import { LockMode } from '@mikro-orm/postgresql';
import { requireScope, type RequestContext } from '@souk/kit/context';
import {
  err,
  expectVersion,
  failure,
  ok,
  type Failure,
  type PageRequest,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import type { IdempotencyFailure } from '@souk/kit/persistence';
import { availabilityChanged } from '../availability/availability.events.ts';
import { StockRead, StockWrite } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { WarehouseEntity } from './warehouse.entity.ts';
import {
  availabilityInWarehouse,
  deleteWarehouse,
  insertWarehouses,
  lockStockOfWarehouse,
  reservedUnitsOf,
  unitsOnHandOf,
  warehousePage,
  warehousesById,
  type PageResult,
} from './warehouse.repository.ts';
import type { NewWarehouse, Warehouse, WarehouseChange } from './warehouse.ts';

/** A mutation's input may carry an idempotency key. */
export interface Idempotent {
  readonly idempotencyKey?: string | null | undefined;
}
export type WarehouseRefusal =
  | Failure<'CODE_TAKEN' | 'NOT_FOUND' | 'WAREHOUSE_HAS_RESERVATIONS' | 'WAREHOUSE_HAS_STOCK'>
  | VersionConflict
  | IdempotencyFailure;

/** The places that hold stock. */
export class WarehouseService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  page(ctx: RequestContext, page: PageRequest): Promise<PageResult<Warehouse>> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, (tx) => warehousePage(tx, page));
  }

  async byId(ctx: RequestContext, id: string): Promise<Warehouse | null> {
    requireScope(ctx, StockRead);
    return (await this.referenced(ctx, [id])).get(id) ?? null;
  }

  /** Warehouses that something else points at: a buyer may know from where an order ships, so it takes no scope. */
  referenced(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, Warehouse>> {
    return this.#unitOfWork.read(ctx, (tx) => warehousesById(tx, ids));
  }

  create(ctx: RequestContext, input: NewWarehouse & Idempotent): Promise<Result<Warehouse, WarehouseRefusal>> {
    requireScope(ctx, StockWrite);
    const call = { key: input.idempotencyKey, operation: 'warehouseCreate', input };
    return this.#unitOfWork.once(ctx, call, async (tx) => {
      const [id] = await insertWarehouses(tx, [input]);
      if (!id) return err(failure('CODE_TAKEN', `There is a warehouse with the code ${input.code}`, ['code']));
      return loaded(tx, id);
    });
  }

  /** Deactivating is refused while units are reserved there. Its stock leaves or joins what can be bought. */
  update(ctx: RequestContext, input: WarehouseChange & Idempotent): Promise<Result<Warehouse, WarehouseRefusal>> {
    requireScope(ctx, StockWrite);
    const call = { key: input.idempotencyKey, operation: 'warehouseUpdate', input };
    return this.#unitOfWork.once(ctx, call, async (tx): Promise<Result<Warehouse, WarehouseRefusal>> => {
      const found = await findExpected(tx, input);
      if (!found.ok) return found;
      const warehouse = found.value;
      const wasActive = warehouse.active;
      tx.em.assign(warehouse, changedColumns(input));
      await tx.em.flush();
      if (warehouse.active !== wasActive) {
        const refusal = await announceActivity(tx, warehouse);
        if (refusal) return err(refusal);
      }
      return loaded(tx, input.id);
    });
  }

  /**
   * Removes a warehouse that never held stock, and gives null. One to which the ledger refers is given back, deactivated. Refused
   * while units are there: WAREHOUSE_HAS_RESERVATIONS, WAREHOUSE_HAS_STOCK.
   */
  delete(
    ctx: RequestContext,
    input: Pick<WarehouseChange, 'id' | 'expectedVersion'> & Idempotent,
  ): Promise<Result<Warehouse | null, WarehouseRefusal>> {
    requireScope(ctx, StockWrite);
    const call = { key: input.idempotencyKey, operation: 'warehouseDelete', input };
    return this.#unitOfWork.once(ctx, call, async (tx): Promise<Result<Warehouse | null, WarehouseRefusal>> => {
      const found = await findExpected(tx, input);
      if (!found.ok) return found;
      // New stock refers to the warehouse, so it waits for this lock; stock that is there is locked by its levels.
      await tx.em.lock(found.value, LockMode.PESSIMISTIC_WRITE);
      await lockStockOfWarehouse(tx, input.id);
      const refusal = await refusalOfDeletion(tx, input.id);
      if (refusal) return err(refusal);
      if ((await unitsOnHandOf(tx, input.id)) !== null) {
        tx.em.assign(found.value, { active: false });
        await tx.em.flush();
        return loaded(tx, input.id);
      }
      await deleteWarehouse(tx, input.id);
      return ok(null);
    });
  }
}

/** The warehouse for a change. Refused when it is not there, or not at the expected version. */
async function findExpected(
  tx: InventoryTransaction,
  { id, expectedVersion }: Pick<WarehouseChange, 'id' | 'expectedVersion'>,
) {
  const warehouse = await tx.em.findOne(WarehouseEntity, { id });
  if (!warehouse) return err(failure('NOT_FOUND', 'There is no such warehouse', ['id']));
  const expected = expectVersion(warehouse.version, expectedVersion);
  return expected.ok ? ok(warehouse) : expected;
}

async function refusalOfDeletion(
  tx: InventoryTransaction,
  id: string,
): Promise<Failure<'WAREHOUSE_HAS_RESERVATIONS' | 'WAREHOUSE_HAS_STOCK'> | null> {
  const reserved = await reservedUnitsOf(tx, id);
  if (reserved > 0)
    return failure('WAREHOUSE_HAS_RESERVATIONS', `${reserved} units are reserved there: ship or release them first`, [
      'id',
    ]);
  const onHand = (await unitsOnHandOf(tx, id)) ?? 0;
  if (onHand === 0) return null;
  return failure('WAREHOUSE_HAS_STOCK', `${onHand} units are there: move or write them off with stockAdjust first`, [
    'id',
  ]);
}

async function loaded(tx: InventoryTransaction, id: string): Promise<Result<Warehouse, never>> {
  const warehouse = (await warehousesById(tx, [id])).get(id);
  if (!warehouse) throw new Error(`Warehouse ${id} was written and is not there`);
  return ok(warehouse);
}

/** Null leaves a value as it is; an address is replaced whole. */
function changedColumns({ name, priority, active, address }: WarehouseChange) {
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof priority === 'number' && { priority }),
    ...(typeof active === 'boolean' && { active }),
    ...(address && {
      line1: address.line1 ?? null,
      line2: address.line2 ?? null,
      city: address.city ?? null,
      region: address.region ?? null,
      postalCode: address.postalCode ?? null,
      countryCode: address.countryCode,
    }),
  };
}

/** Publishes the availability of every SKU that the warehouse holds, after it was opened or closed. */
async function announceActivity(
  tx: InventoryTransaction,
  { id, active }: { readonly id: string; readonly active: boolean },
): Promise<Failure<'WAREHOUSE_HAS_RESERVATIONS'> | null> {
  // After the update, before the look: a reservation under way is waited for and then counted, and one that comes later
  // finds the warehouse closed.
  await lockStockOfWarehouse(tx, id);
  const reserved = active ? 0 : await reservedUnitsOf(tx, id);
  if (reserved > 0) {
    const message = `${reserved} units are reserved there: ship or release them first`;
    return failure('WAREHOUSE_HAS_RESERVATIONS', message, ['active']);
  }
  for (let last: string | undefined = ''; last !== undefined;) {
    const batch = await availabilityInWarehouse(tx, id, last);
    tx.outbox.append(availabilityChanged(tx.tenantId, batch));
    await tx.outbox.flush(tx.db, tx.ctx); // a warehouse may hold more SKUs than one statement should carry
    last = batch.at(-1)?.sku;
  }
  return null;
}
