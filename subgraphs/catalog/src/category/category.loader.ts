import { pageLoader, RequestLoader, valueOrThrow, type PageKey } from '@souk/kit/graphql';
import type { KeysetPage } from '@souk/kit/persistence';
import type { CatalogUnitOfWork } from '../database.ts';
import { childrenOf, findCategories, pathsOf, type CategoryRow } from './category.repository.ts';

/** Loads referenced categories in one batch per request. */
export class CategoryLoaders {
  readonly category: RequestLoader<string, CategoryRow>;
  readonly path: RequestLoader<string, CategoryRow[]>;
  readonly children: RequestLoader<PageKey, KeysetPage<CategoryRow>>;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.category = new RequestLoader(async (ctx, ids) => {
      const found = await unitOfWork.quickRead(ctx, (tx) => findCategories(tx, 'id', ids));
      return new Map(found.map((category) => [category.id, category]));
    });
    this.path = new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => pathsOf(tx, ids)));
    this.children = pageLoader(async (ctx, parentIds, range) =>
      valueOrThrow(await unitOfWork.quickRead(ctx, (tx) => childrenOf(tx, parentIds, range))),
    );
  }
}
