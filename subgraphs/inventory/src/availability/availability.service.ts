import type { RequestContext } from '@souk/kit/context';
import type { InventoryUnitOfWork } from '../database.ts';
import { availabilityOfSkus } from './availability.repository.ts';

/** Reads the availability of SKUs. Every caller may read it, also an anonymous shopper. */
export class AvailabilityService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** The available units by SKU, read in one statement. A SKU without stock levels is absent from the map. */
  async ofSkus(ctx: RequestContext, skus: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#unitOfWork.quickRead(ctx, (tx) => availabilityOfSkus(tx, skus));
    return new Map(rows.map(({ sku, available }) => [sku, available]));
  }
}
