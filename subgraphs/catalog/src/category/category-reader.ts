import type { RequestContext } from '@souk/kit/context';
import type { PageRequest } from '@souk/kit/domain';
import type { UnitOfWork } from '@souk/kit/persistence';
import type { CatalogDatabase } from '../database.ts';
import { findCategories, listRoots, type CategoryRow } from './category.rows.ts';

/** Reads categories. */
export class CategoryReader {
  readonly #unitOfWork: UnitOfWork<CatalogDatabase>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  async find(ctx: RequestContext, by: 'id' | 'slug', value: string): Promise<CategoryRow | null> {
    const [category] = await this.#unitOfWork.read(ctx, (tx) => findCategories(tx, by, [value]));
    return category ?? null;
  }

  roots(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.read(ctx, (tx) => listRoots(tx, page));
  }
}
