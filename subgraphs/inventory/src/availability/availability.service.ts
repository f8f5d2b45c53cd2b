import type { RequestContext } from '@souk/kit/context';
import type { InventoryUnitOfWork } from '../database.ts';
import { availabilityOfSkus } from '../stock/stock.repository.ts';

/** What can be bought. Open to everyone. */
export class AvailabilityService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Units per SKU in one statement. A SKU that nobody stocks is not in it. */
  async ofSkus(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#unitOfWork.read(ctx, (tx) => availabilityOfSkus(tx, skus));
    return new Map(rows.map(({ sku, available }) => [sku, available]));
  }
}
