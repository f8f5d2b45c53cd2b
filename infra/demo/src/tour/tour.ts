import { randomUUID } from 'node:crypto';
import { DEMO_TENANT } from '../shops/tenants.ts';
import type { Cart, Fulfillment, PlacedOrder, Product, StatusChange, Variant } from './answers.ts';
import { GraphQLClient } from './graphql-client.ts';
import { LiveFeed } from './live-feed.ts';
import { readableMoney, type Narrator } from './narrator.ts';
import * as operations from './operations.ts';
import { TourFailure } from './tour-failure.ts';

const PAGE = 20;
const SHOWN = 6;

interface Choice {
  readonly product: Product;
  readonly variant: Variant;
}

interface Purchase {
  readonly order: PlacedOrder;
  readonly orderAccessToken: string;
}

/**
 * Places an order as a buyer, follows it over a subscription, and packs, ships and delivers it as staff.
 * @throws TourFailure when a step fails.
 */
export async function tour(base: string, narrator: Narrator): Promise<void> {
  const shop = new GraphQLClient(base);
  narrator.title(`A day at ${DEMO_TENANT.name}, ${base}\n`);
  const purchase = await buy(shop, narrator);
  const feed = await follow(base, purchase, narrator);
  try {
    await send(base, purchase, feed, narrator);
  } finally {
    feed.close();
  }
  narrator.end(
    `Order ${purchase.order.number} was bought, packed, shipped and delivered, and the buyer saw each step.`,
  );
}

async function buy(shop: GraphQLClient, narrator: Narrator): Promise<Purchase> {
  const [first, second] = await browse(shop, narrator);
  const cart = await fillCart(shop, first, second, narrator);
  const ready = await address(shop, cart, narrator);
  return checkOut(shop, ready, narrator);
}

async function browse(shop: GraphQLClient, narrator: Narrator): Promise<[Choice, Choice]> {
  await narrator.buyer('looks around the shop');
  const { products } = await shop.ask<{ products: { nodes: Product[] } }>(operations.BROWSE, { first: PAGE });
  for (const { name, variants } of products.nodes.slice(0, SHOWN)) {
    const [variant] = variants.nodes;
    if (variant)
      narrator.detail(`${name.padEnd(36)} ${readableMoney(variant.price).padStart(12)}   ${stockOf(variant)}`);
  }
  const [first, second] = choices(products.nodes);
  if (!first || !second)
    throw new TourFailure(
      `Fewer than two of the first ${PAGE} products in stock have two units. Raise the stock with the mutation stockAdjust.`,
    );
  return [first, second];
}

/** Returns, for each product, the first variant with at least two available units. */
export function choices(products: readonly Product[]): Choice[] {
  return products.flatMap((product) => {
    const variant = product.variants.nodes.find(
      ({ availability }) => availability?.inStock && availability.quantity >= 2,
    );
    return variant ? [{ product, variant }] : [];
  });
}

function stockOf({ availability }: Variant): string {
  if (!availability) return '';
  return availability.inStock ? `${availability.quantity} in stock` : 'sold out';
}

async function fillCart(shop: GraphQLClient, first: Choice, second: Choice, narrator: Narrator): Promise<Cart> {
  await narrator.buyer(`puts two of "${first.product.name}" and one "${second.product.name}" into a cart`);
  const created = await shop.change<{ cart: Cart }>(operations.CREATE_CART, {
    lines: [{ variantId: first.variant.id, quantity: 2 }],
  });
  const { cart } = await shop.change<{ cart: Cart }>(operations.ADD_LINES, {
    cartId: created.cart.id,
    lines: [{ variantId: second.variant.id, quantity: 1 }],
  });
  for (const { quantity, variant, total } of cart.lines) {
    narrator.detail(`${quantity} × ${(variant?.product.name ?? '').padEnd(32)} ${readableMoney(total).padStart(12)}`);
  }
  return cart;
}

async function address(shop: GraphQLClient, { id: cartId }: Cart, narrator: Narrator): Promise<Cart> {
  await narrator.buyer('has it sent to Berlin');
  const addressed = await shop.change<{ cart: Cart }>(operations.SET_ADDRESS, {
    cartId,
    email: 'buyer@example.test',
    shippingAddress: {
      name: 'A Buyer',
      line1: 'Main Street 1',
      city: 'Berlin',
      postalCode: '10115',
      countryCode: 'DE',
    },
  });
  const [method] = addressed.cart.shippingMethods;
  if (!method)
    throw new TourFailure('The shop has no shipping method for Berlin (DE). Create one with shippingMethodCreate.');
  const { cart } = await shop.change<{ cart: Cart }>(operations.SET_SHIPPING, { cartId, shippingMethodId: method.id });
  const { shipping, total } = cart.totals;
  narrator.detail(`${method.name} shipping: ${readableMoney(shipping)}, in all: ${readableMoney(total)}`);
  return cart;
}

async function checkOut(shop: GraphQLClient, { id: cartId }: Cart, narrator: Narrator): Promise<Purchase> {
  await narrator.buyer('pays with a test card');
  const purchase = await shop.change<Purchase>(operations.CHECK_OUT, {
    cartId,
    payment: { provider: 'TEST', token: 'tok_visa' },
    idempotencyKey: randomUUID(),
  });
  narrator.detail(`order ${purchase.order.number} for ${readableMoney(purchase.order.totals.total)} is placed`);
  return purchase;
}

type OrderFeed = LiveFeed<{ readonly orderStatusChanged: StatusChange }>;

async function follow(base: string, { order, orderAccessToken }: Purchase, narrator: Narrator): Promise<OrderFeed> {
  const announced = narrator.buyer('keeps the page of the order open, and sees every change');
  const variables = { orderId: order.id, accessToken: orderAccessToken };
  const feed = await LiveFeed.open<{ orderStatusChanged: StatusChange }>(
    base,
    { query: operations.WATCH, variables },
    ({ orderStatusChanged }) => narrator.live(orderStatusChanged),
  );
  await announced;
  return feed;
}

async function send(base: string, { order }: Purchase, feed: OrderFeed, narrator: Narrator): Promise<void> {
  await narrator.clerk(`logs in as ${DEMO_TENANT.owner.email}`);
  const { accessToken } = await new GraphQLClient(base).change<{ accessToken: string }>(
    operations.LOG_IN,
    DEMO_TENANT.owner,
  );
  const clerk = new GraphQLClient(base, accessToken);
  await narrator.clerk('packs the order');
  await clerk.change(operations.PACK, { orderId: order.id });
  await feed.until('packed', ({ orderStatusChanged: { type } }) => type === 'FULFILLMENT_CREATED');
  const { order: packed } = await clerk.ask<{ order: { fulfillments: Fulfillment[] } }>(operations.SHOW_ORDER, {
    id: order.id,
  });
  await ship(clerk, packed.fulfillments, narrator);
  await feed.until('shipped', ({ orderStatusChanged: { type } }) => type === 'SHIPPED');
  await narrator.clerk('reads from the carrier that the parcels have arrived');
  for (const { id } of packed.fulfillments) await clerk.change(operations.DELIVER, { fulfillmentId: id });
  await feed.until('delivered', ({ orderStatusChanged: { order: now } }) => now.fulfillmentStatus === 'DELIVERED');
}

async function ship(clerk: GraphQLClient, fulfillments: readonly Fulfillment[], narrator: Narrator): Promise<void> {
  for (const [index, { id, warehouse }] of fulfillments.entries()) {
    await narrator.clerk(
      `ships parcel ${index + 1} of ${fulfillments.length} from ${warehouse?.code ?? 'the warehouse'}`,
    );
    const trackingNumber = `JD${String(Date.now()).slice(-8)}${index}`;
    await clerk.change(operations.SHIP, { fulfillmentId: id, carrier: 'DHL', trackingNumber });
  }
}
