import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from './graphql-client.ts';
import {
  CART_ADDRESS_SET,
  CART_CREATE,
  CART_LINES_ADD,
  CART_SHIPPING_METHOD_SET,
  CHECKOUT_COMPLETE,
  PRODUCT_BY_SLUG,
  PRODUCT_LIST,
} from './operations.ts';
import { productPages } from './product-pages.ts';

/** An operation, or a sequence of operations, that simulated users repeat. */
export interface Scenario {
  /** The name in the command-line option `--only`. */
  readonly id: string;
  readonly name: string;
  /** Whether responses contain ids of newly created objects. Such ids differ between servers with the same data. */
  readonly createsIds: boolean;
  /**
   * Creates the data for the runs, such as carts.
   * @returns the function for one run, which returns the last response
   */
  prepare(client: GraphqlClient, connections: number): Promise<(worker: number) => Promise<string>>;
}

interface Variant {
  readonly id: string;
  readonly availability: { readonly quantity: number } | null;
}
interface ProductListData {
  readonly products: {
    readonly nodes: readonly { readonly slug: string; readonly variants: { readonly nodes: readonly Variant[] } }[];
  };
}

/**
 * The number of different products that are read by slug. Gateways share the fetches of concurrent equal requests, so a
 * single product would need only one fetch for all connections.
 */
const SLUGS = 200;

/** Lists variants with at least 1,000 units in stock, which a benchmark cannot sell out. */
async function plentifulVariants(client: GraphqlClient): Promise<string[]> {
  const { products } = await client.run<ProductListData>(PRODUCT_LIST, { first: 200 });
  const variants = products.nodes.flatMap(({ variants: { nodes } }) => nodes);
  return variants.filter(({ availability }) => (availability?.quantity ?? 0) >= 1000).map(({ id }) => id);
}

async function createCart(client: GraphqlClient, variantId: string): Promise<string> {
  const { cartCreate } = await client.run<{ cartCreate: { cart: { id: string } } }>(CART_CREATE, {
    input: { lines: [{ variantId, quantity: 1 }] },
  });
  return cartCreate.cart.id;
}

/** @param most maximum number of different variants. @default no limit */
async function variantPicker(client: GraphqlClient, most = Infinity): Promise<(worker: number) => string> {
  const variants = (await plentifulVariants(client)).slice(0, most);
  let next = 0;
  return (worker) => {
    const picked = variants[(worker * 7 + next++) % variants.length];
    if (picked === undefined)
      throw new Error('No variant has 1,000 units in stock. Run `npm run generate-products` first.');
    return picked;
  };
}

const productList: Scenario = {
  id: 'list',
  name: 'product list (20 with variants, prices, availability)',
  createsIds: false,
  prepare: productPages,
};

const productBySlug: Scenario = {
  id: 'slug',
  name: 'product by slug',
  createsIds: false,
  async prepare(client) {
    const { products } = await client.run<ProductListData>(PRODUCT_LIST, { first: SLUGS });
    const slugs = products.nodes.map(({ slug }) => slug);
    let next = 0;
    return () => client.send(PRODUCT_BY_SLUG, { slug: slugs[next++ % slugs.length] });
  },
};

/** The maximum number of lines per cart. If carts kept growing, a faster server would have more work per run. */
const CART_LINES = 20;

const cartAdd: Scenario = {
  id: 'cart',
  name: 'cart add',
  createsIds: true,
  async prepare(client, connections) {
    const pick = await variantPicker(client, CART_LINES);
    const carts = await Promise.all(
      Array.from({ length: connections }, (_, worker) => createCart(client, pick(worker))),
    );
    return (worker) =>
      client.send(CART_LINES_ADD, {
        input: { cartId: carts[worker], lines: [{ variantId: pick(worker), quantity: 1 }] },
      });
  },
};

const SHIPPING_ADDRESS = {
  name: 'A Buyer',
  line1: 'Main Street 1',
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
};

/**
 * Buys one unit of the variant, from the empty cart to the placed order.
 * @returns the response with the order.
 * @throws Error when the server refuses a step.
 */
async function checkOut(client: GraphqlClient, variantId: string): Promise<string> {
  const cartId = await createCart(client, variantId);
  const { cartAddressSet } = await client.run<{
    cartAddressSet: { cart: { shippingMethods: readonly { id: string }[] } };
  }>(CART_ADDRESS_SET, {
    input: { cartId, email: 'buyer@example.test', shippingAddress: SHIPPING_ADDRESS },
  });
  const [method] = cartAddressSet.cart.shippingMethods;
  await client.send(CART_SHIPPING_METHOD_SET, { input: { cartId, shippingMethodId: method?.id } });
  return client.send(CHECKOUT_COMPLETE, {
    input: { cartId, payment: { provider: 'TEST', token: 'tok_visa' }, idempotencyKey: randomUUID() },
  });
}

/** Reads the order's id from the response of `checkOut`. */
export function orderIdOf(response: string): string {
  const { data } = JSON.parse(response) as { data: { checkoutComplete: { order: { id: string } } } };
  return data.checkoutComplete.order.id;
}

/** A complete checkout. */
export const checkout: Scenario = {
  id: 'checkout',
  name: 'full checkout (cart, address, shipping, payment)',
  createsIds: true,
  async prepare(client) {
    const pick = await variantPicker(client);
    return (worker) => checkOut(client, pick(worker));
  },
};

export const SCENARIOS: readonly Scenario[] = [productList, productBySlug, cartAdd, checkout];
