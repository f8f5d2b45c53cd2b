import { comparedText } from '@souk/kit/domain';
import type { ImportRow, ProductFormat, ReadProduct } from '../item/given-product.ts';

/** The number of rows after which a batch ends. A product is never cut. */
const ROWS = 500;
/** Rows of one product at most: the rest of its rows begins another product, whose problems say so. */
const MOST_ROWS = 2000;

/** Some products that are imported in one transaction. */
export interface Batch {
  readonly items: readonly ReadProduct[];
  /** The number of rows of all items. */
  readonly rows: number;
}

/**
 * Cuts rows into batches. A product or SKU that occurs again begins another batch, because a batch sees only what the batches before have
 * stored.
 */
export async function* batchesOf(rows: AsyncIterable<ImportRow>, format: ProductFormat): AsyncGenerator<Batch> {
  let [items, count, seen]: [ReadProduct[], number, Set<string>] = [[], 0, new Set()];
  for await (const group of groupsOf(rows, format)) {
    const item = format.read(group);
    const keys = keysOf(item);
    if (count >= ROWS || keys.some((key) => seen.has(key))) {
      yield { items, rows: count };
      [items, count, seen] = [[], 0, new Set()];
    }
    items.push(item);
    count += group.length;
    for (const key of keys) seen.add(key);
  }
  if (items.length > 0) yield { items, rows: count };
}

async function* groupsOf(rows: AsyncIterable<ImportRow>, format: ProductFormat): AsyncGenerator<ImportRow[]> {
  let [group, name]: [ImportRow[], string | null] = [[], null];
  for await (const row of rows) {
    const own = format.groupOf(row);
    if (group.length > 0 && (own !== name || group.length >= MOST_ROWS)) {
      yield group;
      group = [];
    }
    group.push(row);
    name = own;
  }
  if (group.length > 0) yield group;
}

function keysOf({ product }: ReadProduct): string[] {
  if (!product) return [];
  const { slug, externalReference, variants } = product;
  return [
    ...(slug === null ? [] : [`slug ${slug}`]),
    ...(externalReference ? [`product ${externalReference}`] : []),
    ...new Set(variants.map(({ sku }) => `sku ${comparedText(sku)}`)),
    ...variants.flatMap(({ externalReference: own }) => (own ? [`variant ${own}`] : [])),
  ];
}
