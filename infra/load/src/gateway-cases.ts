import { PRODUCT_COUNT } from './gateway-fixture-data.ts';

/** A set of requests that is measured as one case. */
export interface GatewayCase {
  /** The name of the case in the option `--cases`. */
  readonly id: string;
  readonly name: string;
  /** The bodies of POST requests, sent in turn. A single body makes all requests identical. */
  readonly bodies: readonly string[];
}

/**
 * The number of different requests. It is larger than the 50 connections, so equal requests never run at the same time.
 * It is small enough to send every request once before the load.
 */
const DIFFERENT = 200;

/**
 * The number of popular products. With 50 connections, each of the 20 products is in several simultaneous requests, as
 * on a front page.
 */
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
 * Two queries: a large nested query over four subgraphs, and a small query over two subgraphs. Each is measured with
 * different requests, with requests that share some fetches, and with identical requests.
 */
export const GATEWAY_CASES: readonly GatewayCase[] = [
  { id: 'big-differ', name: 'big, requests differ', bodies: many(DIFFERENT, categoryPage) },
  { id: 'big-part', name: 'big, a part differs', bodies: many(DIFFERENT, homePage) },
  { id: 'big-same', name: 'big, identical', bodies: [categoryPage(0)] },
  { id: 'small-differ', name: 'small, requests differ', bodies: many(DIFFERENT, productCard) },
  { id: 'small-popular', name: 'small, some products are popular', bodies: many(POPULAR, productCard) },
  { id: 'small-same', name: 'small, identical', bodies: [productCard(0)] },
];
