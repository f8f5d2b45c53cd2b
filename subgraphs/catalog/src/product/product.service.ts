import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { changeable, err, failure, ok, type Clock, type Failure, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { requireAll, requireAttributes } from '../placement.repository.ts';
import { setTranslation, type TranslationInput } from '../translation/translation.repository.ts';
import { takenSku } from '../variant/sku.repository.ts';
import type { AttributeDraft } from '../variant/variant-draft.ts';
import { mayBeNew, notSellable, planProduct, type ProductDraft, type ProductPlacement } from './product-draft.ts';
import { refreshProducts } from './product-derived.repository.ts';
import { freeSlug } from '../slug/slug.repository.ts';
import { resolveMedia, type MediaChoice } from './product-media.repository.ts';
import { replaceParts } from './product-parts.repository.ts';
import { insertProducts } from './product-store.repository.ts';
import { hasPricedVariant, rematchVariants, softDeleteVariants } from './product-variants.repository.ts';
import { ProductEntity } from './product.entity.ts';
import { productChanged } from './product.events.ts';
import { changeProduct, type ProductChange } from './product.ts';

/** The input for a new product: its fields, its categories and collections, and the idempotency key. */
export interface ProductCreation extends Omit<ProductDraft, 'media'>, Partial<ProductPlacement>, MutationInput {
  readonly media?: readonly MediaChoice[] | null;
}

/**
 * Lists of a product. A list that is set replaces the stored list. Null deletes the stored entries. A missing list keeps the stored list.
 */
export interface ProductParts {
  /** The id of the brand. Null removes the brand. */
  readonly brandId?: string | null;
  readonly categoryIds?: readonly string[] | null;
  readonly collectionIds?: readonly string[] | null;
  readonly attributes?: readonly AttributeDraft[] | null;
  readonly media?: readonly MediaChoice[] | null;
}

/** Changes products. Every method needs `catalog:write` and returns the id of the product. */
export class ProductService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  create(ctx: RequestContext, input: ProductCreation): Promise<Result<string, Failure>> {
    const { brandId = null, categoryIds = [], collectionIds = [] } = input;
    const planned = planProduct(
      { ...input, media: null },
      { brandId, categoryIds, collectionIds },
      { newId: randomUUID, now: this.#clock.now() },
    );
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation: 'productCreate', input },
      async (tx): Promise<Result<string, Failure>> => {
        if (!planned.ok) return planned;
        if (!mayBeNew(planned.value)) return err(notSellable(['variants']));
        const slug = input.slug ?? (await freeSlug(tx, 'product', planned.value.slug));
        const media = await resolveMedia(tx, input.media ?? []);
        if (!media.ok) return media;
        const product = { ...planned.value, slug, media: media.value };
        const placed = await requirePlaces(tx, product);
        if (!placed.ok) return placed;
        const attributes = await requireAttributes(tx, codesOf([product, ...product.variants]));
        if (!attributes.ok) return attributes;
        const taken = await takenSku(
          tx,
          product.variants.map(({ sku }) => sku),
        );
        if (taken !== null)
          return err(failure('SKU_TAKEN', 'This SKU is taken by another variant', ['variants', `${taken}`, 'sku']));
        await insertProducts(tx, [product], attributes.value);
        tx.outbox.append(productChanged(product));
        return ok(product.id);
      },
    );
  }

  update(ctx: RequestContext, input: ChangeInput & ProductChange & ProductParts): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productUpdate', input, async (tx, product) => {
      const placed = await requirePlaces(tx, input);
      if (!placed.ok) return placed;
      if (input.brandId !== undefined) product.brandId = input.brandId;
      const changed = await this.#change(tx, product, input);
      if (!changed.ok) return changed;
      const attributes = await requireAttributes(tx, codesOf([input]));
      if (!attributes.ok) return attributes;
      const { media: choices, ...parts } = input;
      const media = await resolveMedia(tx, choices ?? []);
      if (!media.ok) return media;
      await replaceParts(
        tx,
        product.id,
        { ...parts, ...(choices !== undefined && { media: media.value }) },
        attributes.value,
      );
      return ok(undefined);
    });
  }

  publish(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productPublish', input, (tx, product) =>
      this.#change(tx, product, { status: 'PUBLISHED' }),
    );
  }

  unpublish(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productUnpublish', input, (tx, product) => this.#change(tx, product, { status: 'DRAFT' }));
  }

  /** Deletes a product. Its slug and SKUs can be used again afterwards. Orders keep a copy of the product's data. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productDelete', input, async (tx, product) => {
      product.deletedAt = this.#clock.now();
      await tx.em.flush();
      await softDeleteVariants(tx, product.id, product.deletedAt);
      await replaceParts(tx, product.id, { media: null }, new Map()); // so that unused pictures are removed
      return ok(undefined);
    });
  }

  /** Replaces the texts in one language. A translation without texts is deleted. */
  setTranslation(ctx: RequestContext, input: ChangeInput & TranslationInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'productTranslationSet', input, (tx, product) =>
      setTranslation(tx, 'product', product.id, input),
    );
  }

  async #change(tx: CatalogTransaction, product: ProductEntity, change: ProductChange): Promise<Result<void, Failure>> {
    const changed = changeProduct(product, change, this.#clock.now());
    if (!changed.ok) return changed;
    const isPublished = product.status === 'DRAFT' && changed.value.status === 'PUBLISHED';
    if (isPublished && !(await hasPricedVariant(tx, product.id))) return err(notSellable(['status']));
    if (change.options !== undefined) {
      const rematched = await rematchVariants(tx, product.id, changed.value.options);
      if (!rematched.ok) return rematched;
    }
    Object.assign(product, changed.value);
    await tx.em.flush();
    return ok(undefined);
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: (tx: CatalogTransaction, product: ProductEntity) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    return mutate(
      this.#unitOfWork,
      ctx,
      { ...CATALOG_MUTATION, operation, input },
      async (tx): Promise<Result<string, Failure>> => {
        const found = changeable(await tx.em.findOne(ProductEntity, { id: input.id }), input, 'product');
        if (!found.ok) return found;
        const product = found.value;
        product.updatedAt = this.#clock.now(); // the version also increases when only the lists change
        const changed = await change(tx, product);
        if (!changed.ok) return changed;
        await refreshProducts(tx, [product.id]);
        tx.outbox.append(productChanged(product));
        return ok(product.id);
      },
    );
  }
}

async function requirePlaces(
  tx: CatalogTransaction,
  { brandId, categoryIds, collectionIds }: Pick<ProductParts, 'brandId' | 'categoryIds' | 'collectionIds'>,
): Promise<Result<void, Failure>> {
  if (brandId) {
    const brand = await requireAll(tx, 'brand', [brandId], 'brandId');
    if (!brand.ok) return err({ ...brand.error, field: ['brandId'] });
  }
  const categories = await requireAll(tx, 'category', categoryIds ?? [], 'categoryIds');
  return categories.ok ? requireAll(tx, 'collection', collectionIds ?? [], 'collectionIds') : categories;
}

function codesOf(holders: readonly { readonly attributes?: readonly AttributeDraft[] | null }[]): string[] {
  return holders.flatMap(({ attributes }) => (attributes ?? []).map(({ code }) => code));
}
