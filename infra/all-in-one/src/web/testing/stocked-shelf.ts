import { randomUUID } from 'node:crypto';
import type { TestSouk } from '../../testing/test-souk.ts';

const CATEGORY_CREATE = `mutation ($input: CategoryCreateInput!) { categoryCreate(input: $input) { category { id } userErrors { message } } }`;
const PRODUCT_CREATE = `mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { id slug } userErrors { message } } }`;
const STOCK_ADJUST = `mutation ($input: StockAdjustInput!) { stockAdjust(input: $input) { userErrors { message } } }`;

/** The slugs of the category "Lamps" and of a product in it. The product has two colors. */
export interface Shelf {
  readonly categorySlug: string;
  readonly productSlug: string;
}

/** Creates a category with one product: 90 units in Sand, 0 units in Moss. The product also has a German name. */
export async function stockShelf(souk: TestSouk): Promise<Shelf> {
  const headers = souk.owner;
  const suffix = randomUUID().slice(0, 8);
  const categorySlug = `lamps-${suffix}`;
  const productSlug = `linen-lamp-${suffix}`;
  const category = { name: 'Lamps', slug: categorySlug, description: 'Light where it is wanted' };
  const { categoryCreate } = await souk.data(CATEGORY_CREATE, { input: category }, headers);
  const skus = { Sand: `LINEN-${suffix}-SAND`.toUpperCase(), Moss: `LINEN-${suffix}-MOSS`.toUpperCase() };
  const { productCreate } = await souk.data(
    PRODUCT_CREATE,
    {
      input: {
        name: 'Linen lamp',
        slug: productSlug,
        description: 'A shade of washed linen.',
        baseSku: `LINEN-${suffix}`.toUpperCase(),
        status: 'PUBLISHED',
        categoryIds: [categoryCreate.category.id],
        options: [{ name: 'Color', values: ['Sand', 'Moss'] }],
        variants: Object.entries(skus).map(([value, sku]) => ({
          sku,
          options: [{ name: 'Color', value }],
          prices: [{ amount: '40.00', currencyCode: 'EUR' }],
        })),
        translations: [{ locale: 'de', name: 'Leinenleuchte', description: 'Ein Schirm aus gewaschenem Leinen.' }],
      },
    },
    headers,
  );
  if (!productCreate.product) throw new Error(JSON.stringify(productCreate.userErrors));
  await adjust(souk, skus.Sand, 90);
  await adjust(souk, skus.Moss, 0);
  return { categorySlug, productSlug };
}

/** Sets the units of a SKU in the warehouse NORTH. */
async function adjust(souk: TestSouk, sku: string, setOnHand: number): Promise<void> {
  const input = { sku, warehouseId: souk.shop.warehouses.NORTH, setOnHand, reason: 'A test' };
  const { stockAdjust } = await souk.data(STOCK_ADJUST, { input }, souk.owner);
  if (stockAdjust.userErrors.length > 0) throw new Error(JSON.stringify(stockAdjust.userErrors));
}
