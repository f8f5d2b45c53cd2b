import { expect, test } from '@jest/globals';
import { acmeCatalog, demoCatalog } from './catalog.ts';
import type { DemoCatalog } from './demo.types.ts';

const demo = demoCatalog();
const acme = acmeCatalog();
const both: [string, DemoCatalog][] = [
  ['demo', demo],
  ['acme', acme],
];

const variantsOf = ({ products }: DemoCatalog) => products.flatMap(({ variants }) => variants);
const duplicatesIn = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);
const stockBySku = ({ stock }: DemoCatalog) =>
  Map.groupBy(stock, ({ sku }) => sku)
    .entries()
    .map(([sku, levels]): [string, number] => [sku, levels.reduce((sum, { onHand }) => sum + onHand, 0)]);

test('the demo shop has at least 220 products, 8 top categories and 24 orders', () => {
  const tops = demo.categories.filter(({ parentSlug }) => parentSlug === null);
  expect(demo.products.length).toBeGreaterThanOrEqual(220);
  expect(tops.length).toBeGreaterThanOrEqual(8);
  for (const { slug } of tops) {
    const below = demo.categories.filter(({ parentSlug }) => parentSlug === slug);
    expect([2, 3, 4]).toContain(below.length);
  }
  expect(demo.collections).toHaveLength(5);
  expect(demo.warehouses.map(({ code }) => code)).toEqual(['HAM', 'RTM', 'VLC']);
  expect(demo.orders.length).toBeGreaterThanOrEqual(24);
  expect(acme.products.length).toBeGreaterThanOrEqual(24);
  expect(acme.warehouses).toHaveLength(2);
});

test('every call returns the same catalog', () => {
  expect(demoCatalog()).toEqual(demo);
  expect(acmeCatalog()).toEqual(acme);
});

test.each(both)('slugs, names and SKUs of %s are unique and well-formed', (_tenant, catalog) => {
  const slugs = catalog.products.map(({ slug }) => slug);
  const skus = variantsOf(catalog).map(({ sku }) => sku);
  expect(duplicatesIn(slugs)).toEqual([]);
  expect(duplicatesIn(catalog.products.map(({ name }) => name))).toEqual([]);
  expect(duplicatesIn(skus)).toEqual([]);
  expect(duplicatesIn(variantsOf(catalog).map(({ barcode }) => barcode))).toEqual([]);
  expect(duplicatesIn(catalog.categories.map(({ slug }) => slug))).toEqual([]);
  expect(slugs.filter((slug) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
  expect(skus.filter((sku) => !/^[A-Z0-9]+(-[A-Z0-9]+)+$/.test(sku) || sku.length > 40)).toEqual([]);
});

test.each(both)(
  'every variant of %s begins with its base SKU and has a price in both currencies',
  (_tenant, catalog) => {
    for (const { baseSku, variants } of catalog.products) {
      for (const { sku, prices } of variants) {
        expect(sku.startsWith(baseSku)).toBe(true);
        expect(prices.EUR).toMatch(/^[1-9]\d*\.\d0$/);
        expect(prices.USD).toMatch(/^[1-9]\d*\.\d0$/);
        expect(Number(prices.USD)).toBeGreaterThan(Number(prices.EUR));
      }
    }
  },
);

test.each(both)(
  'every product of %s is in a lowest category and has a material, an origin, care instructions and a description',
  (_tenant, catalog) => {
    const lowest = new Set(catalog.categories.filter(({ parentSlug }) => parentSlug !== null).map(({ slug }) => slug));
    const codes = catalog.attributes.map(({ code }) => code);
    for (const product of catalog.products) {
      expect(lowest.has(product.categorySlug)).toBe(true);
      expect(Object.keys(product.attributes)).toEqual(expect.arrayContaining(['material', 'origin', 'care']));
      expect(codes).toEqual(expect.arrayContaining(Object.keys(product.attributes)));
      expect(product.description.length).toBeGreaterThan(30);
    }
  },
);

test('no two products of the demo have the same description', () => {
  expect(duplicatesIn(demo.products.map(({ description }) => description))).toEqual([]);
  const openings = demo.products.map(({ description }) => description.split(' ').slice(0, 4).join(' '));
  expect(duplicatesIn(openings).length).toBeLessThan(5);
});

test('at least sixty products and every category have a German translation', () => {
  const german = demo.products.filter(({ translations }) => translations.de);
  expect(german.length).toBeGreaterThanOrEqual(60);
  for (const { name, description, translations } of german) {
    expect(translations.de?.description).not.toBe(description);
    expect(translations.de?.name).not.toBe(name);
  }
  expect(demo.categories.every(({ translations }) => translations.de)).toBe(true);
});

test('a larger size costs more, and a belt length costs the same', () => {
  const priceOf = (sku: string) => variantsOf(demo).find((variant) => variant.sku === sku)?.prices.EUR;
  expect(priceOf('LAMP-ARC-BRS-M')).toBe('129.00');
  expect(priceOf('LAMP-ARC-BRS-L')).toBe('174.00');
  expect(priceOf('COFF-YIRG-1KG-BEAN')).toBe('48.50');
  expect(priceOf('BELT-EVER-85CM-COG')).toBe(priceOf('BELT-EVER-105CM-COG'));
});

test('collections contain each product once, and gifts under 25 cost less than 25 EUR', () => {
  const bySlug = new Map(demo.products.map((product) => [product.slug, product]));
  for (const { productSlugs } of demo.collections) {
    expect(productSlugs.length).toBeGreaterThanOrEqual(12);
    expect(duplicatesIn(productSlugs)).toEqual([]);
    expect(productSlugs.every((slug) => bySlug.has(slug))).toBe(true);
  }
  const gifts = demo.collections.find(({ slug }) => slug === 'gifts-under-25')?.productSlugs ?? [];
  const prices = gifts.flatMap((slug) => bySlug.get(slug)?.variants.map(({ prices: { EUR } }) => Number(EUR)) ?? []);
  expect(Math.max(...prices)).toBeLessThan(25);
});

test('products are sorted newest first, on different days', () => {
  const days = demo.products.map(({ publishedDaysAgo }) => publishedDaysAgo);
  expect(days).toEqual([...new Set(days)].toSorted((one, other) => one - other));
});

test('stock is uneven: some variants are sold out, some are low, most are in stock', () => {
  const levels = demo.stock.map(({ onHand }) => onHand);
  expect(new Set(demo.stock.map(({ sku }) => sku)).size).toBeGreaterThan(variantsOf(demo).length * 0.95);
  expect(levels.filter((onHand) => onHand === 0).length).toBeGreaterThan(50);
  expect(levels.filter((onHand) => onHand > 0 && onHand < 5).length).toBeGreaterThan(50);
  expect(levels.filter((onHand) => onHand >= 5).length).toBeGreaterThan(levels.length * 0.6);
  expect(Math.max(...levels)).toBeLessThanOrEqual(120);
});

test('the first page of the demo shop is in stock, by date and mostly by name', () => {
  const available = new Map(stockBySku(demo));
  const inStock = ({ variants }: (typeof demo.products)[number]) =>
    variants.some(({ sku }) => (available.get(sku) ?? 0) > 0);
  const byName = demo.products.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  expect(demo.products.slice(0, 20).every(inStock)).toBe(true);
  expect(byName.slice(0, 20).filter(inStock).length).toBeGreaterThanOrEqual(15);
});

test.each(both)(
  'the past orders of %s have stock, a shipping method and a currency that the shop accepts',
  (_tenant, catalog) => {
    const available = new Map(stockBySku(catalog));
    for (const { sku, backorderLimit = 0 } of catalog.stockItems)
      available.set(sku, (available.get(sku) ?? 0) + backorderLimit);
    const methods = new Map(catalog.shippingMethods.map((method) => [method.code, method]));
    for (const { lines, shippingMethodCode, shippingAddress, email, currencyCode, steps } of catalog.orders) {
      for (const { sku, quantity } of lines) {
        const left = (available.get(sku) ?? 0) - quantity;
        expect({ sku, enough: left >= 0 }).toEqual({ sku, enough: true });
        available.set(sku, left);
      }
      expect(methods.get(shippingMethodCode)?.countryCodes).toContain(shippingAddress.countryCode);
      expect(email).toMatch(/@example\.test$/);
      expect(catalog.tenant.currencies).toContain(currencyCode);
      expect(steps[0]?.kind).toBe('authorize');
    }
  },
);

test('past orders of the demo reach every outcome, and partial steps name lines of the order', () => {
  expect(new Set(demo.orders.map(({ outcome }) => outcome)).size).toBe(11);
  for (const { lines, steps } of demo.orders) {
    const skus = lines.map(({ sku }) => sku);
    for (const step of steps)
      if ('lines' in step && step.lines) expect(skus).toEqual(expect.arrayContaining(step.lines.map(({ sku }) => sku)));
  }
  expect(duplicatesIn(demo.orders.map(({ reference }) => reference))).toEqual([]);
});

test.each(both)('the rates of every shipping method of %s ascend by order value', (_tenant, catalog) => {
  for (const { rates, deliveryDays } of catalog.shippingMethods) {
    const values = rates.map(({ fromOrderValue }) => Number(fromOrderValue.EUR));
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect(deliveryDays.min).toBeLessThanOrEqual(deliveryDays.max);
  }
});
