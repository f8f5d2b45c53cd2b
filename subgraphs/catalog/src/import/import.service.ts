import { randomUUID } from 'node:crypto';
import { requireScope, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import type { Clock } from '@souk/kit/domain';
import { AttributeEntity } from '../attribute/attribute.entity.ts';
import { BrandEntity } from '../brand/brand.entity.ts';
import { parentsFirst } from '../category/category-tree.ts';
import { CatalogImported, CatalogWrite } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { insertRows } from '../insert-rows.repository.ts';
import { idsByKey } from '../placement.repository.ts';
import { planProduct, type NewProduct } from '../product/product-draft.ts';
import { slugOf } from '../slug/slug.ts';
import { insertProducts } from '../product/product-store.repository.ts';
import { storeCategories } from './import-categories.repository.ts';
import { storeCollections } from './import-collections.repository.ts';
import { knownProductKeys } from './import-products.repository.ts';
import {
  ImportError,
  type ImportedAttribute,
  type ImportedBrand,
  type ImportedCategory,
  type ImportedCollection,
  type ImportedProduct,
  type ImportOutcome,
} from './catalog-import.ts';

/** The number of products per transaction. */
const CHUNK = 1_000;

/**
 * Imports many objects with few statements. The caller needs `catalog:write`.
 * Objects whose slug, code or external reference exists are skipped, so an interrupted import can be repeated.
 * Each transaction publishes one event instead of one event per product.
 */
export class ImportService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;
  #stored = 0;
  #analyzeAt = CHUNK;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  importAttributes(ctx: RequestContext, attributes: readonly ImportedAttribute[]): Promise<ImportOutcome> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.run(ctx, async (tx) => {
      const created = await insertRows(
        tx,
        AttributeEntity,
        attributes.map(({ code, name }) => ({ code, name })),
        { onConflict: 'skip' },
      );
      return { created, skipped: attributes.length - created };
    });
  }

  importBrands(ctx: RequestContext, brands: readonly ImportedBrand[]): Promise<ImportOutcome> {
    requireScope(ctx, CatalogWrite);
    const rows = brands.map(({ slug, name }) => ({ slug, name }));
    return this.#unitOfWork.run(ctx, async (tx) => {
      const created = await insertRows(tx, BrandEntity, rows, { onConflict: 'skip' });
      return announced(tx, { created, skipped: rows.length - created });
    });
  }

  importCategories(ctx: RequestContext, categories: readonly ImportedCategory[]): Promise<ImportOutcome> {
    requireScope(ctx, CatalogWrite);
    const ordered = parentsFirst(categories);
    return this.#unitOfWork.run(ctx, async (tx) => announced(tx, await storeCategories(tx, ordered)));
  }

  importCollections(ctx: RequestContext, collections: readonly ImportedCollection[]): Promise<ImportOutcome> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.run(ctx, async (tx) => announced(tx, await storeCollections(tx, collections)));
  }

  /**
   * Imports products in chunks of 1,000, each in its own transaction.
   * @throws ImportError when products contradict each other or refer to a missing object
   */
  async importProducts(ctx: RequestContext, products: readonly ImportedProduct[]): Promise<ImportOutcome> {
    requireScope(ctx, CatalogWrite);
    let created = 0;
    for (let start = 0; start < products.length; start += CHUNK) {
      const chunk = products.slice(start, start + CHUNK);
      const stored = await this.#unitOfWork.run(ctx, (tx) => storeProducts(tx, chunk, this.#clock.now()));
      await this.#keepStatistics(stored);
      created += stored;
    }
    return { created, skipped: products.length - created };
  }

  /** Updates the statistics of Postgres when the number of imported products has doubled. See `analyze_catalog`. */
  async #keepStatistics(stored: number): Promise<void> {
    this.#stored += stored;
    if (this.#stored < this.#analyzeAt) return;
    this.#analyzeAt = this.#stored * 2;
    await this.#unitOfWork.callFunction('analyze_catalog', []);
  }
}

async function storeProducts(tx: CatalogTransaction, drafts: readonly ImportedProduct[], now: Date): Promise<number> {
  const unknown = await withoutKnown(tx, drafts);
  const brands = await idsByKey(
    tx,
    'brand',
    unknown.flatMap(({ brand }) => brand ?? []),
  );
  const categories = await idsByKey(
    tx,
    'category',
    unknown.flatMap((draft) => draft.categories ?? []),
  );
  const collections = await idsByKey(
    tx,
    'collection',
    unknown.flatMap((draft) => draft.collections ?? []),
  );
  const attributes = await idsByKey(tx, 'attribute', unknown.flatMap(codesOf));
  const planned = unknown.map((draft): NewProduct => {
    const what = `Product "${draft.slug ?? draft.name}"`;
    for (const code of codesOf(draft)) required(attributes, code, 'attribute', what);
    const placement = {
      brandId: draft.brand ? required(brands, draft.brand, 'brand', what) : null,
      categoryIds: (draft.categories ?? []).map((slug) => required(categories, slug, 'category', what)),
      collectionIds: (draft.collections ?? []).map((slug) => required(collections, slug, 'collection', what)),
    };
    const product = planProduct(draft, placement, { newId: randomUUID, now });
    if (!product.ok) throw new ImportError(what, `${product.error.message} (${product.error.field?.join('.') ?? ''})`);
    return product.value;
  });
  await insertProducts(tx, planned, attributes);
  announced(tx, { created: planned.length });
  return planned.length;
}

function announced<Outcome extends { readonly created: number }>(tx: CatalogTransaction, outcome: Outcome): Outcome {
  const { created } = outcome;
  if (created > 0) tx.outbox.append(eventOf(CatalogImported, tx.tenantId, { created }));
  return outcome;
}

/** The drafts that are new: neither a stored product nor an earlier draft has the same slug or external reference. */
async function withoutKnown(tx: CatalogTransaction, drafts: readonly ImportedProduct[]): Promise<ImportedProduct[]> {
  const keyed = drafts.map((draft) => ({ draft, slug: slugFor(draft), reference: draft.externalReference ?? null }));
  const { slugs, references } = await knownProductKeys(tx, keyed);
  return keyed.flatMap(({ draft, slug, reference }) => {
    if (slugs.has(slug) || (reference !== null && references.has(reference))) return [];
    slugs.add(slug);
    references.add(reference);
    return [draft];
  });
}

function slugFor(draft: ImportedProduct): string {
  const slug = slugOf(draft);
  if (!slug.ok) throw new ImportError(`Product "${draft.name}"`, slug.error.message);
  return slug.value;
}

function codesOf({ attributes, variants }: ImportedProduct): string[] {
  return [...(attributes ?? []), ...(variants ?? []).flatMap((variant) => variant.attributes ?? [])].map(
    ({ code }) => code,
  );
}

function required(ids: ReadonlyMap<string, string>, key: string, kind: string, what: string): string {
  const id = ids.get(key);
  if (!id) throw new ImportError(what, `there is no ${kind} "${key}", import it first`);
  return id;
}
