import type { RequestContext } from '@souk/kit/context';
import type { PageRequest } from '@souk/kit/domain';
import type { CatalogUnitOfWork } from '../database.ts';
import { findCategories, listRoots, type CategoryRow } from './category.repository.ts';

export class CategoryReader {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  async find(ctx: RequestContext, by: 'id' | 'slug', value: string): Promise<CategoryRow | null> {
    const [category] = await this.#unitOfWork.quickRead(ctx, (tx) => findCategories(tx, by, [value]));
    return category ?? null;
  }

  roots(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.quickRead(ctx, (tx) => listRoots(tx, page));
  }
}
