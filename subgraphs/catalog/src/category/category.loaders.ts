import { RequestLoader, valueOrThrow } from '@souk/kit/graphql';
import type { KeysetPage, UnitOfWork } from '@souk/kit/persistence';
import type { CatalogDatabase } from '../database.ts';
import type { PositionPageQuery } from '../position-page.ts';
import { childrenOf, findCategories, pathsOf, type CategoryRow } from './category.rows.ts';

/** Which page of which category's children. */
export interface ChildrenKey extends PositionPageQuery {
  readonly parentId: string;
}

/** Loads categories that other things point to, in one batch per request. */
export class CategoryLoaders {
  readonly category: RequestLoader<string, CategoryRow>;
  readonly path: RequestLoader<string, CategoryRow[]>;
  readonly children: RequestLoader<ChildrenKey, KeysetPage<CategoryRow>>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.category = new RequestLoader(async (ctx, ids) => {
      const found = await unitOfWork.read(ctx, (tx) => findCategories(tx, 'id', ids));
      return new Map(found.map((category) => [category.id, category]));
    });
    this.path = new RequestLoader((ctx, ids) => unitOfWork.read(ctx, (tx) => pathsOf(tx, ids)));
    this.children = new RequestLoader(async (ctx, keys) => {
      const pages = new Map<string, KeysetPage<CategoryRow>>();
      for (const same of Map.groupBy(keys, ({ first, after }) => JSON.stringify([first, after])).values()) {
        const [{ first, after } = { first: 0, after: null }] = same;
        const parentIds = same.map(({ parentId }) => parentId);
        const found = valueOrThrow(await unitOfWork.read(ctx, (tx) => childrenOf(tx, parentIds, { first, after })));
        for (const [parentId, page] of found) pages.set(nameOf({ parentId, first, after }), page);
      }
      return pages;
    }, nameOf);
  }
}

const nameOf = ({ parentId, first, after }: ChildrenKey) => JSON.stringify([parentId, first, after]);
