import { RequestLoader } from '@souk/kit/graphql';
import type { CatalogUnitOfWork } from '../database.ts';
import { findBrands, type BrandRow } from './brand.repository.ts';

/** Loads referenced brands in one batch per request. */
export function brandLoader(unitOfWork: CatalogUnitOfWork): RequestLoader<string, BrandRow> {
  return new RequestLoader(async (ctx, ids) => {
    const found = await unitOfWork.quickRead(ctx, (tx) => findBrands(tx, 'id', ids));
    return new Map(found.map((brand) => [brand.id, brand]));
  });
}
