import type { PageRange } from '@souk/kit/domain';
import { RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import type { KeysetPage } from '@souk/kit/persistence';
import type { CatalogUnitOfWork } from '../database.ts';
import { childrenOf, findCategories, pathsOf, type CategoryRow } from './category.repository.ts';

/** A page of the children of one category. */
export interface ChildrenKey {
  readonly parentId: string;
  readonly range: PageRange;
}

/** Loads referenced categories in one batch per request. */
export class CategoryLoaders {
  readonly category: RequestLoader<string, CategoryRow>;
  readonly path: RequestLoader<string, CategoryRow[]>;
  readonly children: RequestLoader<ChildrenKey, KeysetPage<CategoryRow>>;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.category = new RequestLoader(async (ctx, ids) => {
      const found = await unitOfWork.quickRead(ctx, (tx) => findCategories(tx, 'id', ids));
      return new Map(found.map((category) => [category.id, category]));
    });
    this.path = new RequestLoader((ctx, ids) => unitOfWork.quickRead(ctx, (tx) => pathsOf(tx, ids)));
    this.children = new RequestLoader(async (ctx, keys) => {
      const pages = new Map<string, KeysetPage<CategoryRow>>();
      for (const [one, ...others] of Map.groupBy(keys, ({ range }) => JSON.stringify(range)).values()) {
        if (!one) continue;
        const { range } = one;
        const parentIds = [one, ...others].map(({ parentId }) => parentId);
        const found = valueOrThrow(await unitOfWork.quickRead(ctx, (tx) => childrenOf(tx, parentIds, range)));
        for (const [parentId, page] of found) pages.set(nameOf({ parentId, range }), page);
      }
      return pages;
    }, nameOf);
  }
}

const nameOf = ({ parentId, range }: ChildrenKey) => JSON.stringify([parentId, range]);
