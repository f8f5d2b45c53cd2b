import { comparedText } from '@souk/kit/domain';
import { barcodeOf } from '../../variant/barcode.ts';
import type { ImportRow, ProductFormat, ReadProduct } from '../item/given-product.ts';

/** A batch ends when it has this number of rows or more. All rows of one product are in the same batch. */
const ROWS = 500;
/** The maximum number of rows of one product. A larger product is refused. */
const MOST_ROWS = 2000;

/** Products that are imported in one transaction. */
export interface Batch {
  readonly items: readonly ReadProduct[];
  readonly rows: number;
}

/**
 * Groups rows into batches. The import of a batch finds only products that earlier batches stored. A product, SKU or barcode that occurs
 * again therefore starts the next batch.
 */
export async function* batchesOf(rows: AsyncIterable<ImportRow>, format: ProductFormat): AsyncGenerator<Batch> {
  let [items, count, seen]: [ReadProduct[], number, Set<string>] = [[], 0, new Set()];
  for await (const { group, isTooLong } of groupsOf(rows, format)) {
    const item = isTooLong ? tooLong(group) : format.read(group);
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

/** Consecutive rows of one product. A product with too many rows is split into several groups, which limits the memory. */
interface Group {
  readonly group: ImportRow[];
  readonly isTooLong: boolean;
}

async function* groupsOf(rows: AsyncIterable<ImportRow>, format: ProductFormat): AsyncGenerator<Group> {
  let [group, name, isTooLong]: [ImportRow[], string | null, boolean] = [[], null, false];
  for await (const row of rows) {
    const own = format.groupOf(row);
    const isSame = group.length > 0 && own === name;
    if (group.length > 0 && (!isSame || group.length >= MOST_ROWS)) {
      isTooLong ||= isSame;
      yield { group, isTooLong };
      group = [];
      if (!isSame) isTooLong = false;
    }
    group.push(row);
    name = own;
  }
  if (group.length > 0) yield { group, isTooLong };
}

function tooLong(rows: readonly ImportRow[]): ReadProduct {
  const message = `The product has more than ${MOST_ROWS} consecutive rows. Divide it into several products`;
  const problem = { line: rows[0]?.line ?? 0, column: null, code: 'TOO_MANY_ROWS', message, suggestion: null } as const;
  return { rows, product: null, problems: [problem] };
}

function keysOf({ product }: ReadProduct): string[] {
  if (!product) return [];
  const { slug, externalReference, variants } = product;
  return [
    ...(slug === null ? [] : [`slug ${slug}`]),
    ...(externalReference ? [`product ${externalReference}`] : []),
    ...new Set(variants.map(({ sku }) => `sku ${comparedText(sku)}`)),
    ...new Set(variants.flatMap(({ barcode }) => (barcode ? [`barcode ${barcodeKey(barcode)}`] : []))),
    ...variants.flatMap(({ externalReference: own }) => (own ? [`variant ${own}`] : [])),
  ];
}

/** Invalid barcodes are reported later, so their text is enough here. */
function barcodeKey(text: string): string {
  const barcode = barcodeOf(text, []);
  return barcode.ok ? barcode.value : text;
}
