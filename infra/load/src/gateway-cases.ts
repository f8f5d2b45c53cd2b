import { PRODUCT_COUNT } from './gateway-fixture-data.ts';

/** One thing that is measured. */
export interface GatewayCase {
  /** For `--cases`. */
  readonly id: string;
  readonly name: string;
  /** Bodies of POST requests, sent in turn. One alone: all requests are identical. */
  readonly bodies: readonly string[];
}

/** So many that no two of them are under way at once, and so few that all of them are checked before the load. */
const DIFFERENT = 200;

/** So few that 50 connections ask for each more than once at a time: what a shop shows on its first page. */
const POPULAR = 20;

const PRODUCT_PARTS = `fragment ProductParts on Product {
  id slug name description
  price { amount currencyCode }
  brand { id name }
  variants {
    id sku name
    options { name value }
    price { amount currencyCode }
    availability { inStock quantity }
    stockLevels { quantity warehouse { id name } }
  }
  rating { average count }
  reviews(first: 3) {
    id rating title body
    author {
      id displayName memberSince tier
      reviews(first: 2) {
        id rating title
        product { id slug name price { amount currencyCode } variants { id availability { inStock } } }
      }
    }
  }
}`;

const CATEGORY_PAGE = `query CategoryPage($offset: Int!) {
  products(first: 10, offset: $offset) { ...ProductParts }
}
${PRODUCT_PARTS}`;

const HOME_PAGE = `query HomePage($shopper: ID!) {
  user(id: $shopper) { id displayName tier }
  products(first: 10, offset: 0) { ...ProductParts }
}
${PRODUCT_PARTS}`;

const PRODUCT_CARD = `query ProductCard($slug: String!) {
  product(slug: $slug) {
    id name
    price { amount currencyCode }
    variants { id sku availability { inStock } }
  }
}`;

const body = (query: string, variables: Readonly<Record<string, unknown>>) => JSON.stringify({ query, variables });
const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));

const categoryPage = (index: number) => body(CATEGORY_PAGE, { offset: (index * 2) % (PRODUCT_COUNT - 10) });
const homePage = (index: number) => body(HOME_PAGE, { shopper: `u${index}` });
const productCard = (index: number) => body(PRODUCT_CARD, { slug: `product-${index}` });

/**
 * The large nested query over four subgraphs and the small one over two: with requests of which nothing can be shared, with some
 * that can (a home page is the same for all beside a part of the shopper's own; some products are popular), and with identical ones.
 */
export const GATEWAY_CASES: readonly GatewayCase[] = [
  { id: 'big-differ', name: 'big, requests differ', bodies: many(DIFFERENT, categoryPage) },
  { id: 'big-part', name: 'big, a part differs', bodies: many(DIFFERENT, homePage) },
  { id: 'big-same', name: 'big, identical', bodies: [categoryPage(0)] },
  { id: 'small-differ', name: 'small, requests differ', bodies: many(DIFFERENT, productCard) },
  { id: 'small-popular', name: 'small, some products are popular', bodies: many(POPULAR, productCard) },
  { id: 'small-same', name: 'small, identical', bodies: [productCard(0)] },
];
