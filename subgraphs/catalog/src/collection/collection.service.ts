import type { RequestContext } from '@souk/kit/context';
import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { changeable, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { changedTo } from '../changed-to.ts';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { CollectionChanged } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { requireAll } from '../placement.repository.ts';
import { refreshListings } from '../product/product-derived.repository.ts';
import { ProductCollectionEntity } from '../product/product-parts.entity.ts';
import { freeSlug } from '../slug/slug.repository.ts';
import { slugOf } from '../slug/slug.ts';
import type { CatalogTranslation } from '../translation/catalog-translation.ts';
import { replaceTranslations } from '../translation/translation.repository.ts';
import { CollectionEntity } from './collection.entity.ts';
import { clearCollection, removeFromCollection } from './collection-products.repository.ts';

/** The fields of a collection that staff enter. */
export interface CollectionTexts {
  readonly name?: string;
  /** The slug. @default derived from the name when the collection is new */
  readonly slug?: string | null;
  readonly description?: string | null;
  /** The title for search engines. @default the name */
  readonly seoTitle?: string | null;
  /** The description for search engines. @default the description */
  readonly seoDescription?: string | null;
  readonly externalReference?: string | null;
  /** The translations in all languages. A translation in a language that is not in the list is deleted. */
  readonly translations?: readonly CatalogTranslation[] | null;
}

/** Products to add to a collection, or to remove from it. */
export interface CollectionProducts extends ChangeInput {
  readonly productIds: readonly string[];
}

/** Changes collections. Every method needs `catalog:write` and returns the id of the collection. */
export class CollectionService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  create(
    ctx: RequestContext,
    input: CollectionTexts & MutationInput & { readonly name: string },
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation: 'collectionCreate', input },
      async (tx): Promise<Result<string, Failure>> => {
        const slug = slugOf(input);
        if (!slug.ok) return slug;
        const collection = tx.em.create(CollectionEntity, {
          slug: input.slug ?? (await freeSlug(tx, 'collection', slug.value)),
          name: input.name,
          description: input.description ?? '',
          seoTitle: input.seoTitle || null,
          seoDescription: input.seoDescription || null,
          externalReference: input.externalReference ?? null,
        });
        await tx.em.flush();
        tx.outbox.append(collectionChanged(collection.id));
        const translated = await replaceTranslations(tx, 'collection', collection.id, input.translations ?? []);
        return translated.ok ? ok(collection.id) : translated;
      },
    );
  }

  update(ctx: RequestContext, input: ChangeInput & CollectionTexts): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'collectionUpdate', input, async (tx, collection) => {
      const { name, slug, description, externalReference, translations } = input;
      const checked = slugOf({ slug: slug ?? collection.slug, name: collection.name });
      if (!checked.ok) return checked;
      Object.assign(collection, {
        slug: checked.value,
        name: name ?? collection.name,
        description: changedTo(collection.description, description, ''),
        seoTitle: changedTo(collection.seoTitle, input.seoTitle, null) || null,
        seoDescription: changedTo(collection.seoDescription, input.seoDescription, null) || null,
      });
      if (externalReference !== undefined) collection.externalReference = externalReference;
      if (translations === undefined) return ok(undefined);
      return replaceTranslations(tx, 'collection', collection.id, translations ?? []);
    });
  }

  /** Deletes a collection. Its products are not deleted. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'collectionDelete', input, async (tx, collection) => {
      collection.deletedAt = this.#clock.now();
      await refreshListings(tx, await clearCollection(tx, collection.id));
      return ok(undefined);
    });
  }

  /** Adds products to a collection. Products that the collection already contains keep their position. */
  addProducts(ctx: RequestContext, input: CollectionProducts): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'collectionProductsAdd', input, async (tx, { id }) => {
      const found = await requireAll(tx, 'product', input.productIds, 'productIds');
      if (!found.ok) return found;
      const productIds = [...new Set(input.productIds)];
      await insertRows(
        tx,
        ProductCollectionEntity,
        productIds.map((productId) => ({ productId, collectionId: id })),
        { onConflict: 'skip' },
      );
      await refreshListings(tx, productIds);
      return ok(undefined);
    });
  }

  removeProducts(ctx: RequestContext, input: CollectionProducts): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'collectionProductsRemove', input, async (tx, { id }) => {
      await removeFromCollection(tx, id, input.productIds);
      await refreshListings(tx, input.productIds);
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, collection: CollectionEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation, input },
      async (tx): Promise<Result<string, Failure>> => {
        const found = changeable(await tx.em.findOne(CollectionEntity, { id: input.id }), input, 'collection');
        if (!found.ok) return found;
        tx.outbox.append(collectionChanged(input.id));
        found.value.updatedAt = this.#clock.now(); // the version also increases when only the products change
        const changed = await change(tx, found.value);
        return changed.ok ? ok(input.id) : changed;
      },
    );
  }
}

function collectionChanged(id: string): DomainEvent {
  return eventOf(CollectionChanged, id, { collectionId: id });
}
