/**
 * The number of products. The data of all four subgraphs is computed, not random, so every run and every process has
 * the same data.
 */
export const PRODUCT_COUNT = 500;
const USER_COUNT = 200;
const VARIANTS_PER_PRODUCT = 3;
const REVIEWS_PER_PRODUCT = 4;
const WAREHOUSES = ['Rotterdam', 'Lagos', 'Osaka'].map((name, index) => ({ id: `w${index + 1}`, name }));

const indexes = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const euros = (cents: number) => ({ amount: (cents / 100).toFixed(2), currencyCode: 'EUR' });

/** The data of the subgraph `catalog`. */
export const PRODUCTS = indexes(PRODUCT_COUNT).map((index) => ({
  id: `p${index}`,
  slug: `product-${index}`,
  name: `Product number ${index}`,
  description: `A product that has the number ${index}, three variants and a description of the usual length. `.repeat(
    2,
  ),
  price: euros(1000 + index * 7),
  brand: { id: `b${index % 20}`, name: `Brand ${index % 20}` },
  variants: indexes(VARIANTS_PER_PRODUCT).map((size) => ({
    id: `p${index}-v${size}`,
    sku: `SKU-${index}-${size}`,
    name: `Size ${size}`,
    options: [
      { name: 'size', value: String(size) },
      { name: 'color', value: index % 2 === 0 ? 'oak' : 'walnut' },
    ],
    price: euros(1000 + index * 7 + size * 50),
  })),
}));

/** The data of the subgraph `inventory`, by variant id. */
export const STOCK = new Map(
  PRODUCTS.flatMap(({ variants }, index) =>
    variants.map(({ id }, size) => {
      const stockLevels = WAREHOUSES.slice(0, 2).map((warehouse, at) => ({
        id: `${id}-${warehouse.id}`,
        quantity: (index * 3 + size + at) % 40,
        warehouse,
      }));
      const quantity = stockLevels.reduce((sum, level) => sum + level.quantity, 0);
      return [id, { id, availability: { inStock: quantity > 0, quantity }, stockLevels }] as const;
    }),
  ),
);

/** The data of the subgraph `accounts`, by user id. */
export const USERS = new Map(
  indexes(USER_COUNT).map((index) => [
    `u${index}`,
    {
      id: `u${index}`,
      displayName: `Buyer ${index}`,
      memberSince: `20${10 + (index % 15)}-05-01`,
      tier: index % 3 === 0 ? 'GOLD' : 'BASIC',
    },
  ]),
);

const REVIEWS = PRODUCTS.flatMap((product, index) =>
  indexes(REVIEWS_PER_PRODUCT).map((nth) => ({
    id: `r${index}-${nth}`,
    rating: 1 + ((index + nth) % 5),
    title: `Review ${nth} of product ${index}`,
    body: 'It came in time, it does what it says, and after a year of use it still looks like new. '.repeat(2),
    author: { id: `u${(index * 13 + nth * 29) % USER_COUNT}` },
    product: { id: product.id },
  })),
);

/** The data of the subgraph `reviews`, by product id. */
export const REVIEWS_OF_PRODUCT = Map.groupBy(REVIEWS, ({ product }) => product.id);
/** The data of the subgraph `reviews`, by the author's user id. */
export const REVIEWS_BY_USER = Map.groupBy(REVIEWS, ({ author }) => author.id);
