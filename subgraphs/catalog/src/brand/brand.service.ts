import type { RequestContext } from '@souk/kit/context';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { changeable, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { BrandChanged } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { slugOf } from '../slug/slug.ts';
import { freeSlug } from '../slug/slug.repository.ts';
import { markBrandForSearch } from '../search-pending.repository.ts';
import { BrandEntity } from './brand.entity.ts';
import { findBrands, listBrands, type BrandRow } from './brand.repository.ts';

/** Reads and changes brands. Every change needs `catalog:write` and returns the id of the brand. */
export class BrandService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  async find(ctx: RequestContext, by: 'id' | 'slug', value: string): Promise<BrandRow | null> {
    const [brand] = await this.#unitOfWork.quickRead(ctx, (tx) => findBrands(tx, by, [value]));
    return brand ?? null;
  }

  page(ctx: RequestContext, page: PageRequest) {
    return this.#unitOfWork.quickRead(ctx, (tx) => listBrands(tx, page));
  }

  create(
    ctx: RequestContext,
    input: MutationInput & { readonly name: string; readonly slug?: string | null },
  ): Promise<Result<string, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation: 'brandCreate', input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const slug = slugOf(input);
      if (!slug.ok) return slug;
      const brand = tx.em.create(BrandEntity, {
        name: input.name,
        slug: input.slug ?? (await freeSlug(tx, 'brand', slug.value)),
      });
      await tx.em.flush();
      tx.outbox.append(brandChanged(brand.id));
      return ok(brand.id);
    });
  }

  update(
    ctx: RequestContext,
    input: ChangeInput & { readonly name?: string; readonly slug?: string },
  ): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'brandUpdate', input, async (tx, brand) => {
      const name = input.name ?? brand.name;
      const slug = slugOf({ slug: input.slug ?? brand.slug, name });
      if (!slug.ok) return slug;
      // A search also finds products by the name of their brand.
      if (name !== brand.name) await markBrandForSearch(tx, brand.id);
      Object.assign(brand, { name, slug: slug.value });
      return ok(undefined);
    });
  }

  /** Deletes a brand. Its products stay in the catalog, without a brand. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'brandDelete', input, async (tx, brand) => {
      brand.deletedAt = this.#clock.now();
      await markBrandForSearch(tx, brand.id);
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, brand: BrandEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    const mutation = { ...CATALOG_MUTATION, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const found = changeable(await tx.em.findOne(BrandEntity, { id: input.id }), input, 'brand');
      if (!found.ok) return found;
      found.value.updatedAt = this.#clock.now(); // the version also increases when nothing changes
      const changed = await change(tx, found.value);
      if (!changed.ok) return changed;
      await tx.em.flush();
      tx.outbox.append(brandChanged(input.id));
      return ok(input.id);
    });
  }
}

function brandChanged(id: string): DomainEvent {
  return eventOf(BrandChanged, id, { brandId: id });
}
