import { requireScope, type RequestContext } from '@souk/kit/context';
import {
  canonicalText,
  err,
  expectVersion,
  failure,
  ok,
  type Failure,
  type Result,
  type VersionConflict,
} from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type MutationInput } from '@souk/kit/persistence';
import { availabilityChanged } from '../availability/availability.events.ts';
import { StockWrite } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import { warehousesById } from '../warehouse/warehouse.repository.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import {
  decideAdjustment,
  transferRefusal,
  type QuantityChange,
  type StockLevel,
  type StockRefusal,
} from './stock-level.ts';
import type { KnownSkus, UnknownSku } from './known-skus.service.ts';
import { lockLevels, moveStock, type LevelChange, type MovementCause } from './stock-ledger.repository.ts';
import { createLevel, warehousesWithLevel } from './stock.repository.ts';

/** A manual change of one stock level. */
export interface StockAdjustment extends QuantityChange, MutationInput {
  readonly sku: string;
  readonly warehouseId: string;
  readonly reason: string;
  /** The expected version of the stock level. The version is 0 when the level does not exist yet. */
  readonly expectedVersion?: number | null | undefined;
  /** Whether a new stock level may have a SKU that no variant has. @default false */
  readonly allowUnknownSku?: boolean | null | undefined;
}

/** Units to move from one warehouse to another. */
export interface StockTransfer extends MutationInput {
  readonly sku: string;
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly quantity: number;
  readonly reason: string;
}

/** A stock level with its warehouse. */
export interface PlacedStockLevel {
  readonly level: StockLevel;
  readonly warehouse: Warehouse;
}

/** A stock level that is locked for a change. */
interface OpenedStockLevel extends PlacedStockLevel {
  /** Whether this transaction created the level. */
  readonly isNew: boolean;
}

/** Both stock levels after a transfer. */
export interface Transferred {
  readonly from: PlacedStockLevel;
  readonly to: PlacedStockLevel;
}
export type StockChangeRefusal =
  | StockRefusal
  | VersionConflict
  | Failure<'NOT_FOUND' | 'INVALID_INPUT'>
  | UnknownSku
  | IdempotencyFailure;

/** Manual changes of stock by staff. */
export class StockChangeService {
  readonly #unitOfWork: InventoryUnitOfWork;
  readonly #knownSkus: Pick<KnownSkus, 'require'>;

  constructor(unitOfWork: InventoryUnitOfWork, knownSkus: Pick<KnownSkus, 'require'>) {
    this.#unitOfWork = unitOfWork;
    this.#knownSkus = knownSkus;
  }

  /** Adjusts a stock level, or creates the level. An unchanged quantity is not recorded in the ledger. */
  async adjust(ctx: RequestContext, input: StockAdjustment): Promise<Result<PlacedStockLevel, StockChangeRefusal>> {
    requireScope(ctx, StockWrite); // before the command to the catalog
    const sku = skuOf(input.sku);
    if (!sku.ok) return sku;
    const known = input.allowUnknownSku ? ok(undefined) : await this.#knownSkus.require(ctx, sku.value);
    if (!known.ok) return known;
    const mutation = { scope: StockWrite, operation: 'stockAdjust', input } as const;
    return mutate(
      this.#unitOfWork,
      ctx,
      mutation,
      async (tx): Promise<Result<PlacedStockLevel, StockChangeRefusal>> => {
        const opened = await openLevels(tx, sku.value, { warehouseId: input.warehouseId });
        if (!opened.ok) return opened;
        const [place] = opened.value;
        if (!place) throw new Error('A stock level that this transaction created is missing');
        const expected = expectVersion(place.isNew ? 0 : place.level.version, input.expectedVersion);
        if (!expected.ok) return expected;
        const decided = decideAdjustment(place.level, input);
        if (!decided.ok) return decided;
        const cause = { kind: 'ADJUSTED', reason: input.reason } as const;
        await change(tx, [{ stockLevelId: place.level.id, onHandDelta: decided.value }], cause);
        return ok(after(place, decided.value));
      },
    );
  }

  /**
   * Moves units from one warehouse to another in one transaction. At any time, a reader finds the units in exactly one of the two
   * warehouses.
   */
  transfer(ctx: RequestContext, input: StockTransfer): Promise<Result<Transferred, StockChangeRefusal>> {
    const mutation = { scope: StockWrite, operation: 'stockTransfer', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<Transferred, StockChangeRefusal>> => {
      const { fromWarehouseId, toWarehouseId, quantity, reason } = input;
      const sku = skuOf(input.sku);
      if (!sku.ok) return sku;
      if (fromWarehouseId === toWarehouseId)
        return err(failure('INVALID_INPUT', 'The warehouses must differ', ['toWarehouseId']));
      const opened = await openLevels(tx, sku.value, { fromWarehouseId, toWarehouseId });
      if (!opened.ok) return opened;
      const [from, to] = opened.value;
      if (!from || !to) throw new Error('A stock level that this transaction created is missing');
      const refusal = transferRefusal(from.level, to.level, quantity);
      if (refusal) return err(refusal);
      const changes = [
        { stockLevelId: from.level.id, onHandDelta: -quantity },
        { stockLevelId: to.level.id, onHandDelta: quantity },
      ];
      await change(tx, changes, { kind: 'TRANSFERRED', reason });
      return ok({ from: after(from, -quantity), to: after(to, quantity) });
    });
  }
}

/** The SKU in its canonical form. Returns a failure when the text has invisible characters. */
function skuOf(text: string): Result<string, Failure<'INVALID_INPUT'>> {
  const sku = canonicalText(text);
  if (sku !== null) return ok(sku);
  return err(
    failure('INVALID_INPUT', 'sku may hold visible characters only: type it again without zero-width characters', [
      'sku',
    ]),
  );
}

/**
 * Locks all stock of a SKU and returns its levels in some warehouses. Missing levels are created.
 * @param warehouses the ids by the input field that contains them, for the path of a user error
 */
async function openLevels(
  tx: InventoryTransaction,
  sku: string,
  warehouses: Readonly<Record<string, string>>,
): Promise<Result<OpenedStockLevel[], Failure<'NOT_FOUND'>>> {
  const ids = Object.values(warehouses);
  const found = await warehousesById(tx, ids);
  const unknown = Object.entries(warehouses).find(([, id]) => !found.has(id));
  if (unknown) return err(failure('NOT_FOUND', 'There is no such warehouse', [unknown[0]]));

  const present = await warehousesWithLevel(tx, sku, ids);
  const made = new Set<string>();
  for (const id of ids) if (!present.has(id) && (await createLevel(tx, id, sku))) made.add(id);
  const levels = await lockLevels(tx, [sku]);
  return ok(
    ids.flatMap((id) => {
      const level = levels.find(({ warehouseId }) => warehouseId === id);
      const warehouse = found.get(id);
      return level && warehouse ? [{ level, warehouse, isNew: made.has(id) }] : [];
    }),
  );
}

async function change(tx: InventoryTransaction, changes: readonly LevelChange[], cause: MovementCause): Promise<void> {
  const moving = changes.filter(({ onHandDelta }) => onHandDelta !== 0);
  if (moving.length === 0) return;
  tx.outbox.append(availabilityChanged(tx.tenantId, await moveStock(tx, moving, cause)));
}

/** The level after the change, with the version that the database sets. */
function after({ level, warehouse }: PlacedStockLevel, onHandDelta: number): PlacedStockLevel {
  const { id, warehouseId, sku, onHand, reserved, version, updatedAt } = level;
  const moved = onHandDelta === 0 ? { version, updatedAt } : { version: version + 1, updatedAt: new Date() };
  return { level: { id, warehouseId, sku, onHand: onHand + onHandDelta, reserved, ...moved }, warehouse };
}
