import { KnownSkus as AskKnownSkus } from '@souk/catalog/contract';
import type { RequestContext } from '@souk/kit/context';
import { CommandUnavailableError, type CommandClient } from '@souk/kit/contracts';
import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import type { InventoryUnitOfWork } from '../database.ts';
import { stockedSkus } from './stock.repository.ts';

/** Returned when a new stock level has a SKU that no variant has, or when the catalog does not reply. */
export type UnknownSku = Failure<'SKU_UNKNOWN' | 'SERVICE_UNAVAILABLE'>;

/** Checks that a SKU exists in a stock level or in a variant of the catalog. */
export class KnownSkus {
  readonly #unitOfWork: InventoryUnitOfWork;
  readonly #commands: CommandClient;

  constructor(unitOfWork: InventoryUnitOfWork, commands: CommandClient) {
    this.#unitOfWork = unitOfWork;
    this.#commands = commands;
  }

  /**
   * Refuses an unknown SKU. Call this method outside of transactions: a transaction would hold its locks while it waits for the catalog.
   */
  async require(ctx: RequestContext, sku: string): Promise<Result<void, UnknownSku>> {
    if ((await this.#unitOfWork.read(ctx, (tx) => stockedSkus(tx, [sku]))).length > 0) return ok(undefined);
    try {
      const { skus } = await this.#commands.send(ctx, AskKnownSkus, { skus: [sku] });
      return skus.includes(sku) ? ok(undefined) : err(unknown());
    } catch (error) {
      if (!(error instanceof CommandUnavailableError)) throw error;
      const message = 'The catalog is unavailable, so the SKU could not be checked: try again, or set allowUnknownSku';
      return err(failure('SERVICE_UNAVAILABLE', message, ['sku']));
    }
  }
}

function unknown(): UnknownSku {
  const message = 'No variant has this SKU: correct it, or set allowUnknownSku to keep stock of it before it is sold';
  return failure('SKU_UNKNOWN', message, ['sku']);
}
