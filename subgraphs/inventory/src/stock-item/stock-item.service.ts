import { requireScope, type RequestContext } from '@souk/kit/context';
import { expectVersion, ok, type Failure, type PageRequest, type Result, type VersionConflict } from '@souk/kit/domain';
import { mutate, type IdempotencyFailure, type MutationInput } from '@souk/kit/persistence';
import { availabilityChanged } from '../availability/availability.events.ts';
import { availabilityOfSkus } from '../availability/availability.repository.ts';
import { StockRead, StockWrite } from '../contract.ts';
import type { InventoryTransaction, InventoryUnitOfWork } from '../database.ts';
import type { KnownSkus, UnknownSku } from '../stock/known-skus.service.ts';
import { skuOf } from '../stock/sku.ts';
import { lockLevels } from '../stock/stock-ledger.repository.ts';
import { lockLevelCreation } from '../stock/stock.repository.ts';
import type { PageResult } from '../warehouse/warehouse.repository.ts';
import { StockItemEntity } from './stock-item.entity.ts';
import { stockItemPage, stockItemsOfSkus, type StockItemFilter } from './stock-item.repository.ts';
import { DEFAULT_TERMS, givenTerms, type StockItem, type StockItemSettings } from './stock-item.ts';

/** The settings of one SKU. */
export interface StockItemChange extends StockItemSettings, MutationInput {
  readonly sku: string;
  /** The expected version of the stock item. A missing item has version 0. */
  readonly expectedVersion?: number | null | undefined;
  /** Whether a SKU that no variant has may get settings. @default false */
  readonly allowUnknownSku?: boolean | null | undefined;
}
export type StockItemRefusal = VersionConflict | Failure<'INVALID_INPUT'> | UnknownSku | IdempotencyFailure;

/** Manages how SKUs are sold. */
export class StockItemService {
  readonly #unitOfWork: InventoryUnitOfWork;
  readonly #knownSkus: Pick<KnownSkus, 'require'>;

  constructor(unitOfWork: InventoryUnitOfWork, knownSkus: Pick<KnownSkus, 'require'>) {
    this.#unitOfWork = unitOfWork;
    this.#knownSkus = knownSkus;
  }

  page(ctx: RequestContext, filter: StockItemFilter, page: PageRequest): Promise<PageResult<StockItem>> {
    requireScope(ctx, StockRead);
    return this.#unitOfWork.read(ctx, (tx) => stockItemPage(tx, filter, page));
  }

  /** The stock items by SKU. A SKU with the defaults may be missing. */
  async bySku(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, StockItem>> {
    requireScope(ctx, StockRead);
    const items = await this.#unitOfWork.read(ctx, (tx) => stockItemsOfSkus(tx, skus));
    return new Map(items.map((item) => [item.sku, item]));
  }

  /** Sets how a SKU is sold, and publishes its availability. Existing reservations are not changed. */
  async set(ctx: RequestContext, input: StockItemChange): Promise<Result<StockItem, StockItemRefusal>> {
    requireScope(ctx, StockWrite); // before the command to the catalog
    const sku = skuOf(input.sku);
    if (!sku.ok) return sku;
    const known = input.allowUnknownSku ? ok(undefined) : await this.#knownSkus.require(ctx, sku.value);
    if (!known.ok) return known;
    const mutation = { scope: StockWrite, operation: 'stockItemSet', input } as const;
    return mutate(this.#unitOfWork, ctx, mutation, (tx) => saveItem(tx, sku.value, input));
  }

  /** Sets how SKUs are sold, for the demo data. */
  import(ctx: RequestContext, items: readonly (StockItemSettings & { readonly sku: string })[]): Promise<void> {
    return this.#unitOfWork.run(ctx, async (tx) => {
      for (const item of items) await saveItem(tx, item.sku, item);
    });
  }
}

async function saveItem(
  tx: InventoryTransaction,
  sku: string,
  input: StockItemSettings & Pick<StockItemChange, 'expectedVersion'>,
): Promise<Result<StockItem, VersionConflict>> {
  await lockLevelCreation(tx); // two calls may create the item of the same SKU
  // The levels are locked before the item, in the order in which reservations lock, so the transactions cannot
  // deadlock. They are locked before the read, so the published number is exact.
  await lockLevels(tx, [sku]);
  const existing = await tx.em.findOne(StockItemEntity, { sku });
  const expected = expectVersion(existing?.version ?? 0, input.expectedVersion);
  if (!expected.ok) return expected;
  const given = givenTerms(input);
  if (existing) tx.em.assign(existing, given);
  else tx.em.create(StockItemEntity, { ...DEFAULT_TERMS, ...given, sku });
  await tx.em.flush();
  tx.outbox.append(availabilityChanged(tx.tenantId, await availabilityOfSkus(tx, [sku])));
  const [item] = await stockItemsOfSkus(tx, [sku]);
  if (!item) throw new Error(`Stock item ${sku} was written but is missing`);
  return ok(item);
}
