import { RequestLoader } from '@souk/kit/graphql';
import type { CatalogUnitOfWork } from '../database.ts';
import { findCollections, type CollectionRow } from './collection.repository.ts';

/** Loads referenced collections in one batch per request. */
export function collectionLoader(unitOfWork: CatalogUnitOfWork): RequestLoader<string, CollectionRow> {
  return new RequestLoader(async (ctx, ids) => {
    const found = await unitOfWork.quickRead(ctx, (tx) => findCollections(tx, 'id', ids));
    return new Map(found.map((collection) => [collection.id, collection]));
  });
}
