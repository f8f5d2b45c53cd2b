import { RequestLoader } from '@souk/kit/graphql';
import type { CatalogUnitOfWork } from '../database.ts';
import { metafieldsOfProducts, type MetafieldRow } from './metafield.repository.ts';

/** Loads the metafields of products in one batch per request. */
export function metafieldLoader(unitOfWork: CatalogUnitOfWork): RequestLoader<string, MetafieldRow[]> {
  return new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => metafieldsOfProducts(tx, ids)));
}
