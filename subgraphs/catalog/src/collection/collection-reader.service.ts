import type { RequestContext } from '@souk/kit/context';
import type { PageRequest } from '@souk/kit/domain';
import type { CatalogUnitOfWork } from '../database.ts';
import { findCollections, listCollections, type CollectionRow } from './collection.repository.ts';

export class CollectionReader {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  async find(ctx: RequestContext, by: 'id' | 'slug', value: string): Promise<CollectionRow | null> {
    const [collection] = await this.#unitOfWork.quickRead(ctx, (tx) => findCollections(tx, by, [value]));
    return collection ?? null;
  }

  page(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.quickRead(ctx, (tx) => listCollections(tx, page));
  }
}
