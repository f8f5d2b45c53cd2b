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

/** An operation, or a sequence of operations, that users repeat. */
export interface Scenario<Done = unknown> {
  readonly name: string;
  /** Creates the data that the runs need, such as carts. @returns the function of one run */
  prepare(client: GraphqlClient, connections: number): Promise<(worker: number) => Promise<Done>>;
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

const PAGE_SIZE = 20;

const listProducts = (client: GraphqlClient) => client.run<ProductListData>(PRODUCT_LIST, { first: PAGE_SIZE });

/** Lists variants with at least 1,000 units. This stock is enough for the whole benchmark. */
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

async function variantPicker(client: GraphqlClient): Promise<(worker: number) => string> {
  const variants = await plentifulVariants(client);
  let next = 0;
  return (worker) => {
    const picked = variants[(worker * 7 + next++) % variants.length];
    if (picked === undefined)
      throw new Error('No variant has 1,000 units in stock. Run `npm run generate-products` first.');
    return picked;
  };
}

const productList: Scenario = {
  name: `product list (${PAGE_SIZE} with variants, prices, availability)`,
  prepare: async (client) => () => client.send(PRODUCT_LIST, { first: PAGE_SIZE }),
};

const productBySlug: Scenario = {
  name: 'product by slug',
  async prepare(client) {
    const slugs = (await listProducts(client)).products.nodes.map(({ slug }) => slug);
    let next = 0;
    return () => client.send(PRODUCT_BY_SLUG, { slug: slugs[next++ % slugs.length] });
  },
};

const cartAdd: Scenario = {
  name: 'cart add',
  async prepare(client, connections) {
    const pick = await variantPicker(client);
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
 * Buys one unit of the variant, from an empty cart to the placed order.
 * @returns the order's id.
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
  const { checkoutComplete } = await client.run<{ checkoutComplete: { order: { id: string } } }>(CHECKOUT_COMPLETE, {
    input: { cartId, payment: { provider: 'TEST', token: 'tok_visa' }, idempotencyKey: randomUUID() },
  });
  return checkoutComplete.order.id;
}

/** A full checkout. One run returns the id of its order. */
export const checkout: Scenario<string> = {
  name: 'full checkout (cart, address, shipping, payment)',
  async prepare(client) {
    const pick = await variantPicker(client);
    return (worker) => checkOut(client, pick(worker));
  },
};

export const SCENARIOS: readonly Scenario[] = [productList, productBySlug, cartAdd, checkout];
