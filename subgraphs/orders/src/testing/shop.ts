import { randomUUID } from 'node:crypto';
import type { RequestContext } from '@souk/kit/context';
import { createTestDatabase, testActors, until } from '@souk/kit/testing';
import type { OnCheckoutStep } from '../checkout/checkout-journal.service.ts';
import { TestCatalog } from './catalog.ts';
import { startOrders } from './orders-process.ts';
import { TestPayments } from './payments.ts';
import { TestStock } from './stock.ts';

/** Opens a tenant with the running subgraph, and with test doubles of the other subgraphs. Call `close` in `afterAll`. */
export async function openShop() {
  const database = await createTestDatabase();
  const [catalog, stock, payments] = [new TestCatalog(), new TestStock(), new TestPayments()];
  const handlers = [...stock.handlers, ...payments.handlers];
  let onStep: OnCheckoutStep = () => undefined;
  const start = () => startOrders({ database, catalog, handlers, onCheckoutStep: (step) => onStep(step) });
  let process = await start();
  const admin = await database.connect();
  const actors = testActors([
    'orders:read',
    'orders:write',
    'invoices:read',
    'invoices:write',
    'promotions:read',
    'promotions:write',
    'settings:write',
    'taxes:read',
    'taxes:write',
  ]);
  const { shopper, staff } = actors;
  await furnish();

  return {
    ...actors,
    catalog,
    stock,
    payments,
    database,
    admin,
    get process() {
      return process;
    },
    /** Sets the listener that is called at each step of a checkout. */
    onStep: (listener: OnCheckoutStep) => void (onStep = listener),
    /** Puts a variant into the catalog, and units of it into one warehouse. */
    offer(units: number, unitPrice = '10.00') {
      const sku = `SKU-${randomUUID()}`;
      return { sku, variantId: catalog.sell({ sku, unitPrice }), warehouseId: stock.put(sku, units), unitPrice };
    },
    fillCart,
    checkout,
    /** Creates a cart, fills it and places the order. */
    async order(lines: readonly Line[], ctx: RequestContext = shopper) {
      const { order, orderAccessToken, userErrors } = await checkout(await fillCart(lines, ctx), {}, ctx);
      if (!order) throw new Error(JSON.stringify(userErrors));
      return { ...order, accessToken: orderAccessToken } as {
        id: string;
        accessToken: string;
        [field: string]: unknown;
      };
    },
    /** Simulates `kill -9`: expires the leases of the running process and starts a new process. */
    async restart() {
      onStep = () => undefined;
      await process.close();
      await expireLeases();
      process = await start();
      process.run();
    },
    expireLeases,
    /** Resolves when no checkout and no compensation is running. */
    settled: () =>
      until(async () => {
        const unfinished = `select from orders.checkout where state not in ('COMPLETED', 'UNDONE')
                      union all select from orders.order_compensation where done_at is null
                      union all select from orders.order_line_cancellation where done_at is null`;
        return (await admin.query(unfinished)).rowCount === 0;
      }),
    async close() {
      await process.close();
      await database.drop();
    },
  };

  async function furnish() {
    const { services } = process;
    await services.importTaxRates(staff, [{ countryCode: 'DE', basisPoints: 1900 }]);
    await services.importShippingMethods(staff, SHIPPING);
  }

  async function expireLeases() {
    await admin.query(`update orders.checkout set lease_until = now() - interval '1 second'`);
    for (const table of ['order_compensation', 'order_line_cancellation'])
      await admin.query(`update orders.${table} set retry_at = now() - interval '1 second'`);
  }

  async function fillCart(lines: readonly Line[], ctx: RequestContext = shopper): Promise<string> {
    const { cartCreate } = await process.query(ctx, CART_CREATE, {
      input: { lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })), currencyCode: 'EUR' },
    });
    const cartId: string = cartCreate.cart.id;
    const address = { name: 'A Buyer', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
    const { cartAddressSet } = await process.query(ctx, CART_ADDRESS, {
      input: { cartId, email: 'Buyer@example.test', shippingAddress: address },
    });
    const shippingMethodId: string = cartAddressSet.cart.shippingMethods[0].id;
    await process.query(ctx, CART_SHIPPING, { input: { cartId, shippingMethodId } });
    return cartId;
  }

  async function checkout(cartId: string, input: CheckoutValues = {}, ctx: RequestContext = shopper) {
    const { token = 'tok_visa', idempotencyKey = null, expectedVersion = null } = input;
    const { checkoutComplete } = await process.query(ctx, CHECKOUT, {
      input: { cartId, payment: { provider: 'TEST', token }, idempotencyKey, expectedVersion },
    });
    return checkoutComplete;
  }
}

export interface Line {
  readonly variantId: string;
  readonly quantity: number;
}

interface CheckoutValues {
  readonly token?: string;
  readonly idempotencyKey?: string;
  readonly expectedVersion?: number;
}

/** The functions that `openShop` returns to a test. */
export type Shop = Awaited<ReturnType<typeof openShop>>;

const SHIPPING = [
  { code: 'standard', name: 'Standard', countryCodes: ['DE'], prices: [{ currencyCode: 'EUR', price: '4.90' }] },
];

const CART_CREATE = `mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { message } } }`;
const CART_ADDRESS = `mutation ($input: CartAddressSetInput!) {
  cartAddressSet(input: $input) { cart { shippingMethods { id } } userErrors { message } }
}`;
const CART_SHIPPING = `mutation ($input: CartShippingMethodSetInput!) {
  cartShippingMethodSet(input: $input) { cart { id } userErrors { message } }
}`;
const CHECKOUT = `mutation ($input: CheckoutCompleteInput!) {
  checkoutComplete(input: $input) {
    order { id number status paymentStatus fulfillmentStatus totals { total { amount currencyCode } } lines { id sku quantity } }
    orderAccessToken
    nextAction { kind url clientSecret expiresAt }
    userErrors {
      __typename code message field
      ... on VersionConflictError { currentVersion }
      ... on InsufficientStockError { lineId variantId available }
      ... on PaymentDeclinedError { declineCode }
      ... on PriceChangedError { variantId unitPrice { amount currencyCode } }
      ... on TooManyAttemptsError { retryAfterSeconds }
    }
  }
}`;
