import { expect, test } from '@jest/globals';
import { soukFormat } from '../item/souk-format.ts';
import { batchesOf } from './batches.ts';

const format = soukFormat(['slug', 'name', 'sku'], '.');
if (!format) throw new Error('The header is not one of Souk CSV');

async function* rowsOf(products: readonly (readonly [slug: string, rows: number])[]) {
  let line = 1;
  for (const [slug, count] of products)
    for (let row = 0; row < count; row++) yield { line: ++line, cells: [slug, 'Lamp', `${slug}-${row}`] };
}

async function read(products: readonly (readonly [string, number])[]) {
  const items = [];
  for await (const batch of batchesOf(rowsOf(products), format as NonNullable<typeof format>))
    items.push(...batch.items);
  return items;
}

test('a product of the most rows is read, and one of more rows is refused as a whole', async () => {
  const items = await read([
    ['fits', 2000],
    ['long', 4001],
    ['next', 1],
  ]);
  expect(items.map(({ product, rows, problems }) => [product?.slug, rows.length, problems[0]?.code])).toEqual([
    ['fits', 2000, undefined],
    [undefined, 2000, 'TOO_MANY_ROWS'],
    [undefined, 2000, 'TOO_MANY_ROWS'],
    [undefined, 1, 'TOO_MANY_ROWS'],
    ['next', 1, undefined],
  ]);
  expect(items.slice(1, 4).map(({ problems }) => problems[0]?.line)).toEqual([2002, 4002, 6002]);
});
