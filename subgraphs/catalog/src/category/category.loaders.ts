import { RequestLoader } from '@souk/kit/graphql';
import type { UnitOfWork } from '@souk/kit/persistence';
import type { CatalogDatabase } from '../database.ts';
import { findCategories, pathsOf, type CategoryRow } from './category.rows.ts';

/** Loads categories that other things point to, in one batch per request. */
export class CategoryLoaders {
  readonly category: RequestLoader<string, CategoryRow>;
  readonly path: RequestLoader<string, CategoryRow[]>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.category = new RequestLoader(async (ctx, ids) => {
      const found = await unitOfWork.read(ctx, (tx) => findCategories(tx, 'id', ids));
      return new Map(found.map((category) => [category.id, category]));
    });
    this.path = new RequestLoader((ctx, ids) => unitOfWork.read(ctx, (tx) => pathsOf(tx, ids)));
  }
}
