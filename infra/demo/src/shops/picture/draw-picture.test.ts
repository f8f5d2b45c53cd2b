import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { acmeCatalog, demoCatalog } from '../catalog.ts';
import { drawPicture, pictureSvg } from './draw-picture.ts';
import { shapes } from './shapes.ts';

const products = [...demoCatalog().products, ...acmeCatalog().products];

test('at least 85 % of the products have a picture that no other product has', () => {
  const drawings = products.map(pictureSvg);
  expect(new Set(drawings).size).toBeGreaterThan(products.length * 0.85);
  expect(drawings.filter((svg) => /NaN|undefined/.test(svg))).toEqual([]);
});

test('every shape is used, and its picture has 800 pixels and less than 15 kB', async () => {
  const examples = Object.keys(shapes).map((name) => products.find(({ picture }) => picture.shape === name));
  expect(examples).not.toContain(undefined);
  for (const product of examples) {
    if (!product) continue;
    const picture = await drawPicture(product);
    expect({ of: product.name, large: picture.length > 15_000 }).toEqual({ of: product.name, large: false });
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'webp', width: 800, height: 800 });
  }
});

test('the same product always gets the same picture', async () => {
  const [product] = products;
  if (!product) throw new Error('The demo has no product.');
  expect((await drawPicture(product)).equals(await drawPicture(product))).toBe(true);
});
