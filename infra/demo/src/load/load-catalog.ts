import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogServices } from '@souk/catalog';
import type { RequestContext } from '@souk/kit/context';
import { weightOf } from '../shops/weight.ts';
import type { DemoCatalog, DemoPrice, DemoProduct, DemoTranslations } from '../shops/demo.types.ts';
import { drawPicture, PICTURE_SIZE } from '../shops/picture/draw-picture.ts';

const DAY_MS = 86_400_000;
/**
 * The maximum number of pictures that are drawn at the same time. More would not be faster, because sharp uses all
 * cores for one picture.
 */
const DRAWN_AT_ONCE = 4;

/**
 * Imports brands, categories, attributes, collections, products, channels and price lists of a shop. Publication dates are relative to
 * `now`.
 * @param companyId the company of the company's price lists. Null when the shop has no such company
 */
export async function loadCatalog(
  catalog: CatalogServices,
  ctx: RequestContext,
  shop: DemoCatalog,
  companyId: string | null,
  now: Date,
): Promise<void> {
  await catalog.setSettings(ctx, { currency: 'EUR', locale: 'en' });
  await catalog.setSynonyms(ctx, shop.synonyms);
  await catalog.importAttributes(ctx, shop.attributes);
  await catalog.importBrands(ctx, shop.brands);
  await catalog.importCategories(
    ctx,
    shop.categories.map(({ translations, ...category }) => ({
      ...category,
      translations: translationsOf(translations),
    })),
  );
  await catalog.importCollections(
    ctx,
    shop.collections.map(({ slug, name, description }) => ({ slug, name, description })),
  );
  await catalog.importProducts(
    ctx,
    shop.products.map((product) => ({
      slug: product.slug,
      baseSku: product.baseSku,
      name: product.name,
      description: product.description,
      status: 'PUBLISHED' as const,
      publishedAt: new Date(now.getTime() - product.publishedDaysAgo * DAY_MS),
      brand: product.brandSlug,
      tags: product.tags,
      originCountry: product.originCountry,
      categories: [product.categorySlug],
      collections: shop.collections
        .filter(({ productSlugs }) => productSlugs.includes(product.slug))
        .map(({ slug }) => slug),
      attributes: Object.entries(product.attributes).map(([code, value]) => ({ code, values: [value] })),
      options: product.options,
      variants: product.variants.map(({ sku, name, barcode, options, prices }) => ({
        sku,
        barcode,
        name,
        options,
        weightGrams: weightOf(options),
        prices: pricesOf(prices),
      })),
      translations: translationsOf(product.translations),
      media: [{ url: pictureUrl(shop, product), alt: product.name, width: PICTURE_SIZE, height: PICTURE_SIZE }],
    })),
  );
  const channels = await catalog.importChannels(ctx, shop.channels);
  await catalog.importPriceLists(ctx, shop.priceLists);
  await catalog.importPriceLists(
    ctx,
    shop.channelPriceLists.map(({ channelCode, ...list }) => ({
      ...list,
      channelIds: [channels.get(channelCode) ?? unknownChannel(channelCode)],
    })),
  );
  if (companyId !== null) {
    const companyIds = [companyId];
    await catalog.importPriceLists(
      ctx,
      shop.companyPriceLists.map((list) => ({ ...list, companyIds })),
    );
  }
}

function unknownChannel(code: string): never {
  throw new Error(`The demo shop has no channel ${code}: add it to the channels of the shop`);
}

/** Draws the picture of every product into `mediaDirectory`, which the gateway serves as `/media`. */
export async function drawPictures(shop: DemoCatalog, mediaDirectory: string): Promise<void> {
  await mkdir(join(mediaDirectory, shop.tenant.slug), { recursive: true });
  const waiting = [...shop.products];
  const draw = async () => {
    for (let product = waiting.pop(); product; product = waiting.pop()) {
      await writeFile(join(mediaDirectory, shop.tenant.slug, `${product.slug}.webp`), await drawPicture(product));
    }
  };
  await Promise.all(Array.from({ length: DRAWN_AT_ONCE }, draw));
}

function pictureUrl({ tenant }: DemoCatalog, { slug }: DemoProduct): string {
  return `/media/${tenant.slug}/${slug}.webp`;
}

function pricesOf(prices: DemoPrice): { amount: string; currency: string }[] {
  return Object.entries(prices).map(([currency, amount]) => ({ amount, currency }));
}

function translationsOf(translations: DemoTranslations): { locale: string; name: string; description: string }[] {
  return Object.entries(translations).map(([locale, texts]) => ({ locale, ...texts }));
}
