import { LockMode } from '@mikro-orm/postgresql';
import { hasScope, requireScope, type RequestContext } from '@souk/kit/context';
import {
  changeable,
  err,
  failure,
  ok,
  uniqueViolations,
  type Failure,
  type NotFound,
  type PageRequest,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type MutationInput } from '@souk/kit/persistence';
import { availabilityChanged } from '../availability/availability.events.ts';
import { StockRead, StockWrite } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { WarehouseEntity } from './warehouse.entity.ts';
import {
  availabilityInWarehouse,
  lockStockOfWarehouse,
  reservedUnitsOf,
  unitsOnHandOf,
  warehousePage,
  warehousesById,
  type PageResult,
} from './warehouse.repository.ts';
import type { NewWarehouse, Warehouse, WarehouseChange } from './warehouse.ts';

export type WarehouseRefusal =
  | Failure<'CODE_TAKEN' | 'WAREHOUSE_HAS_RESERVATIONS' | 'WAREHOUSE_HAS_STOCK'>
  | NotFound
  | VersionConflict
  | IdempotencyFailure;

/** Manages the warehouses of a tenant. */
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
    return (await this.#byIds(ctx, [id])).get(id) ?? null;
  }

  /** The warehouses that other entities reference. Empty when the caller lacks `stock:read`. */
  async referenced(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, Warehouse>> {
    return hasScope(ctx, StockRead) ? this.#byIds(ctx, ids) : new Map();
  }

  /**
   * The codes and names of warehouses. A scope is not needed, because the calling subgraph has checked that the caller may see an order
   * from these warehouses.
   */
  named(
    ctx: RequestContext,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<Warehouse, 'id' | 'code' | 'name'>>> {
    return this.#byIds(ctx, ids);
  }

  #byIds(ctx: RequestContext, ids: readonly string[]): Promise<ReadonlyMap<string, Warehouse>> {
    return this.#unitOfWork.read(ctx, (tx) => warehousesById(tx, ids));
  }

  create(ctx: RequestContext, input: NewWarehouse & MutationInput): Promise<Result<Warehouse, WarehouseRefusal>> {
    const taken = `There is a warehouse with the code ${input.code}`;
    const violations = uniqueViolations(['warehouse_code_unique'], 'CODE_TAKEN', taken, 'code');
    const mutation = { scope: StockWrite, operation: 'warehouseCreate', input, uniqueViolations: violations } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx) => {
      const { code, name, priority, address } = input;
      const columns = { code, name, priority: priority ?? 0, active: true, ...addressColumns(address) };
      const { id } = tx.em.create(WarehouseEntity, columns);
      await tx.em.flush();
      return loaded(tx, id);
    });
  }

  /**
   * Updates a warehouse. A deactivation is refused while units in the warehouse are reserved. Publishes the changed availability of the
   * warehouse's SKUs.
   */
  update(ctx: RequestContext, input: WarehouseChange & MutationInput): Promise<Result<Warehouse, WarehouseRefusal>> {
    const mutation = { scope: StockWrite, operation: 'warehouseUpdate', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<Warehouse, WarehouseRefusal>> => {
      const found = changeable(await tx.em.findOne(WarehouseEntity, { id: input.id }), input, 'warehouse');
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
   * Deletes a warehouse that never held stock, and returns null. A warehouse to which the ledger refers is deactivated and returned
   * instead. While the warehouse holds units, the call is refused with WAREHOUSE_HAS_RESERVATIONS or WAREHOUSE_HAS_STOCK.
   */
  delete(
    ctx: RequestContext,
    input: Pick<WarehouseChange, 'id' | 'expectedVersion'> & MutationInput,
  ): Promise<Result<Warehouse | null, WarehouseRefusal>> {
    const mutation = { scope: StockWrite, operation: 'warehouseDelete', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<Warehouse | null, WarehouseRefusal>> => {
      const found = changeable(await tx.em.findOne(WarehouseEntity, { id: input.id }), input, 'warehouse');
      if (!found.ok) return found;
      // A transaction that creates a stock level in the warehouse waits for this lock, because the new row refers to the warehouse.
      // Existing stock levels have their own locks.
      await tx.em.lock(found.value, LockMode.PESSIMISTIC_WRITE);
      await lockStockOfWarehouse(tx, input.id);
      const refusal = await refusalOfDeletion(tx, input.id);
      if (refusal) return err(refusal);
      if ((await unitsOnHandOf(tx, input.id)) !== null) {
        tx.em.assign(found.value, { active: false });
        await tx.em.flush();
        return loaded(tx, input.id);
      }
      await tx.em.remove(found.value).flush();
      return ok(null);
    });
  }
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
  if (!warehouse) throw new Error(`Warehouse ${id} was written but is missing`);
  return ok(warehouse);
}

/** The columns to change. A null or missing field keeps its value. An address is replaced completely. */
function changedColumns({ name, priority, active, address }: WarehouseChange) {
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof priority === 'number' && { priority }),
    ...(typeof active === 'boolean' && { active }),
    ...(address && addressColumns(address)),
  };
}

function addressColumns({ line1, line2, city, region, postalCode, countryCode }: Warehouse['address']) {
  return {
    line1: line1 ?? null,
    line2: line2 ?? null,
    city: city ?? null,
    region: region ?? null,
    postalCode: postalCode ?? null,
    countryCode,
  };
}

/** Publishes the availability of every SKU in the warehouse after its activation or deactivation. */
async function announceActivity(
  tx: InventoryTransaction,
  { id, active }: { readonly id: string; readonly active: boolean },
): Promise<Failure<'WAREHOUSE_HAS_RESERVATIONS'> | null> {
  // The locks are taken after the update. A concurrent reservation either ends before the locks and is counted below, or begins later and
  // finds the warehouse inactive.
  await lockStockOfWarehouse(tx, id);
  const reserved = active ? 0 : await reservedUnitsOf(tx, id);
  if (reserved > 0) {
    const message = `${reserved} units are reserved there: ship or release them first`;
    return failure('WAREHOUSE_HAS_RESERVATIONS', message, ['active']);
  }
  for (let last: string | undefined = ''; last !== undefined;) {
    const batch = await availabilityInWarehouse(tx, id, last);
    tx.outbox.append(availabilityChanged(tx.tenantId, batch));
    await tx.outbox.flush(tx.db, tx.ctx); // a warehouse may hold too many SKUs for one statement
    last = batch.at(-1)?.sku;
  }
  return null;
}
