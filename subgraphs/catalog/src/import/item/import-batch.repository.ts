import { randomUUID } from 'node:crypto';
import { eventOf } from '@souk/kit/contracts';
import { canonicalText, comparedText, err, type Result } from '@souk/kit/domain';
import { sql } from 'kysely';
import { AttributeEntity } from '../../attribute/attribute.entity.ts';
import { CatalogImported } from '../../contract.ts';
import type { CatalogTransaction } from '../../database.ts';
import { insertRows } from '../../insert-rows.repository.ts';
import { barcodeOf } from '../../variant/barcode.ts';
import { knownBrands } from './import-brands.repository.ts';
import { idsByKey } from '../../placement.repository.ts';
import type { NewProduct } from '../../product/product-draft.ts';
import { insertProducts } from '../../product/product-store.repository.ts';
import { knownProductKeys } from '../import-products.repository.ts';
import { distinctSlugs, slugWithSku } from './distinct-slugs.ts';
import type { GivenProduct, ProductFormat, ReadProduct, RowProblem } from './given-product.ts';
import { planItem, type ItemPlan, type References, type StoredItem } from './plan-item.ts';
import { findStoredItems, type StoredItems } from './stored-item.repository.ts';
import { updateItems, type ChangedItem } from './update-items.repository.ts';

/** The numbers of created, updated and unchanged products in a batch, and the products that failed. */
export interface BatchOutcome {
  readonly created: number;
  readonly updated: number;
  /** The number of products that the file did not change. */
  readonly skipped: number;
  readonly failed: readonly { readonly item: ReadProduct; readonly problems: readonly RowProblem[] }[];
}

/**
 * Imports the products of consecutive rows. A product with a problem is not imported at all.
 * @param dryRun checks the rows without writing
 */
export async function importBatch(
  tx: CatalogTransaction,
  items: readonly ReadProduct[],
  {
    now,
    dryRun,
    format,
  }: { readonly now: Date; readonly dryRun: boolean; readonly format: Pick<ProductFormat, 'ownAttributes'> },
): Promise<BatchOutcome> {
  const given = items.flatMap(({ product }) => product ?? []);
  const skus = given.flatMap(({ variants }) => variants.map(({ sku }) => canonicalText(sku) ?? ''));
  const stored = await findStoredItems(
    tx,
    given.flatMap(({ slug }) => slug ?? []),
    skus,
  );
  const references = await referencesOf(tx, given, { dryRun, own: format.ownAttributes });
  const owners = await referenceOwners(tx, given);
  const [created, unslugged, changed]: [NewProduct[], NewProduct[], ChangedItem[]] = [[], [], []];
  const failed: { item: ReadProduct; problems: readonly RowProblem[] }[] = [];
  let skipped = 0;
  for (const item of items) {
    const plan = planOf(item, stored, owners, references, now);
    if (!plan.ok) failed.push({ item, problems: plan.error });
    else if (plan.value.kind === 'CREATE') (item.product?.slug === null ? unslugged : created).push(plan.value.product);
    else if (plan.value.kind === 'UPDATE') changed.push(plan.value);
    else skipped++;
  }
  if (!dryRun) {
    created.push(...(await withFreeSlugs(tx, unslugged, created)));
    if (created.length > 0) await insertProducts(tx, created, references.attributes);
    await updateItems(tx, changed, references.attributes);
    const count = created.length + changed.length;
    if (count > 0) tx.outbox.append(eventOf(CatalogImported, tx.tenantId, { created: count }));
  }
  return {
    created: dryRun ? created.length + unslugged.length : created.length,
    updated: changed.length,
    skipped,
    failed,
  };
}

/**
 * Assigns a slug that no other product has to each new product without a slug in the file.
 * @param others the other new products
 */
async function withFreeSlugs(
  tx: CatalogTransaction,
  products: readonly NewProduct[],
  others: readonly NewProduct[],
): Promise<NewProduct[]> {
  if (products.length === 0) return [];
  const named = products.map(({ slug, baseSku, variants }) => ({ slug, sku: variants[0]?.sku ?? baseSku }));
  const candidates = named.flatMap((each) => [each.slug, slugWithSku(each)]);
  const known = await knownProductKeys(
    tx,
    candidates.map((slug) => ({ slug, reference: null })),
  );
  const taken = new Set([...known.slugs, ...others.map(({ slug }) => slug)]);
  const slugs = distinctSlugs(named, taken, () => randomUUID().slice(0, 8));
  return products.map((product, index) => ({ ...product, slug: slugs[index] ?? product.slug }));
}

function planOf(
  { product, problems }: ReadProduct,
  stored: StoredItems,
  owners: ReferenceOwners,
  references: References,
  now: Date,
): Result<ItemPlan, readonly RowProblem[]> {
  if (!product) return err(problems);
  const found = storedOf(product, stored);
  const taken = [...takenSkus(product, found, stored), ...takenReferences(product, found, owners)];
  if (taken.length > 0) return err(taken);
  return planItem(product, found, references, { newId: randomUUID, now });
}

function storedOf({ slug, variants }: GivenProduct, { bySlug, bySku }: StoredItems): StoredItem | null {
  if (slug !== null) return bySlug.get(slug) ?? null;
  const [first] = variants;
  return (first && bySku.get(comparedText(canonicalText(first.sku) ?? ''))) ?? null;
}

function takenSkus({ variants }: GivenProduct, found: StoredItem | null, { bySku }: StoredItems): RowProblem[] {
  return variants.flatMap(({ sku, line }) => {
    const owner = bySku.get(comparedText(canonicalText(sku) ?? ''));
    if (!owner || owner.id === found?.id) return [];
    const message = `The SKU "${sku}" belongs to the product "${owner.slug}"`;
    const suggestion = `Use another SKU, or write the row with the slug ${owner.slug}`;
    return [{ line, column: 'sku', code: 'SKU_TAKEN' as const, message, suggestion }];
  });
}

async function referencesOf(
  tx: CatalogTransaction,
  given: readonly GivenProduct[],
  { dryRun, own }: { readonly dryRun: boolean; readonly own: ReadonlyMap<string, string> },
): Promise<References> {
  const holders = [...given, ...given.flatMap(({ variants }) => variants)];
  const some = new Set(
    holders.flatMap(({ someAttributes }) =>
      [...(someAttributes ?? [])].flatMap(([code, values]) => (values.length > 0 ? [code] : [])),
    ),
  );
  const missing = [...own].filter(([code]) => some.has(code)).map(([code, name]) => ({ code, name }));
  if (!dryRun) await insertRows(tx, AttributeEntity, missing, { onConflict: 'skip' });
  const codes = [...some, ...holders.flatMap(({ attributes }) => (attributes ?? []).map(({ code }) => code))];
  return {
    brands: await knownBrands(
      tx,
      given.flatMap(({ brand }) => brand ?? []),
      { dryRun },
    ),
    categories: await idsByKey(
      tx,
      'category',
      given.flatMap(({ categories }) => categories ?? []),
    ),
    collections: await idsByKey(
      tx,
      'collection',
      given.flatMap(({ collections }) => collections ?? []),
    ),
    attributes: await idsByKey(tx, 'attribute', codes),
  };
}

/** The ids of the stored products and variants that already have an external reference or a barcode from the file. */
interface ReferenceOwners {
  readonly products: ReadonlyMap<string, string>;
  /** The id of each variant's product, by the variant's external reference. */
  readonly variants: ReadonlyMap<string, string>;
  /** The id of each variant's product, by the variant's barcode. */
  readonly barcodes: ReadonlyMap<string, string>;
}

async function referenceOwners(
  { db, tenantId }: CatalogTransaction,
  given: readonly GivenProduct[],
): Promise<ReferenceOwners> {
  const products = given.flatMap(({ externalReference }) => externalReference ?? []);
  const variants = given.flatMap((each) => each.variants.flatMap(({ externalReference }) => externalReference ?? []));
  const barcodes = given.flatMap((each) => each.variants.flatMap(({ barcode }) => canonicalBarcode(barcode) ?? []));
  if (products.length + variants.length + barcodes.length === 0)
    return { products: new Map(), variants: new Map(), barcodes: new Map() };
  const { rows } = await sql<{ kind: string; reference: string; id: string }>`
    select 'product' as kind, external_reference as reference, id from product
     where tenant_id = ${tenantId} and deleted_at is null and external_reference = any(${products}::text[])
    union all
    select 'variant', external_reference, product_id from product_variant
     where tenant_id = ${tenantId} and deleted_at is null and external_reference = any(${variants}::text[])
    union all
    select 'barcode', barcode, product_id from product_variant
     where tenant_id = ${tenantId} and deleted_at is null and barcode = any(${barcodes}::text[])`.execute(db);
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.reference, row.id]));
  return { products: of('product'), variants: of('variant'), barcodes: of('barcode') };
}

function canonicalBarcode(text: string | null | undefined): string | null {
  const barcode = text ? barcodeOf(text, []) : null;
  return barcode?.ok ? barcode.value : null;
}

function takenReferences(product: GivenProduct, found: StoredItem | null, owners: ReferenceOwners): RowProblem[] {
  const isTaken = (owner: string | undefined) => owner !== undefined && owner !== found?.id;
  const problem = (line: number, column: string, reference: string) => ({
    line,
    column,
    code: 'REFERENCE_TAKEN' as const,
    message: `Another object of the shop has the external reference "${reference}"`,
    suggestion: null,
  });
  const { externalReference: own, rows, variants } = product;
  return [
    ...(own && isTaken(owners.products.get(own)) ? [problem(rows[0]?.line ?? 0, 'external_reference', own)] : []),
    ...variants.flatMap(({ line, barcode: text }) => {
      const barcode = canonicalBarcode(text);
      const message = `Another product of the shop has the barcode ${barcode}`;
      return barcode !== null && isTaken(owners.barcodes.get(barcode))
        ? [{ line, column: 'barcode', code: 'BARCODE_TAKEN' as const, message, suggestion: null }]
        : [];
    }),
    ...variants.flatMap(({ line, externalReference: reference }) =>
      reference && isTaken(owners.variants.get(reference))
        ? [problem(line, 'variant_external_reference', reference)]
        : [],
    ),
  ];
}
