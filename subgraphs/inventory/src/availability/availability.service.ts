import type { RequestContext } from '@souk/kit/context';
import type { InventoryUnitOfWork } from '../database.ts';
import { availabilityOfSkus, type StockOffer } from './availability.repository.ts';

/** Reads the availability of SKUs. Every caller may read it, also an anonymous shopper. */
export class AvailabilityService {
  readonly #unitOfWork: InventoryUnitOfWork;

  constructor(unitOfWork: InventoryUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** The sellable units by SKU, read in one statement. @param cartId the cart whose reserved units count as sellable */
  async ofSkus(
    ctx: RequestContext,
    skus: readonly string[],
    cartId?: string,
  ): Promise<ReadonlyMap<string, StockOffer>> {
    const rows = await this.#unitOfWork.quickRead(ctx, (tx) => availabilityOfSkus(tx, skus, cartId));
    return new Map(rows.map((offer) => [offer.sku, offer]));
  }
}
