import { randomUUID } from 'node:crypto';
import {
  CartAddressSetDocument,
  CartCreateDocument,
  CartShippingMethodSetDocument,
  CheckoutCompleteDocument,
} from '@souk/sdk';
import type { LoadLog, Purchase } from './load-log.ts';
import type { Article } from './shop.ts';
import { NotDoneError, type SteadyClient } from './steady-client.ts';

/** The order as the API returned it to its buyer. */
export interface BoughtOrder {
  readonly id: string;
  readonly accessToken: string;
}

const SHIPPING_ADDRESS = {
  name: 'A Buyer',
  line1: 'Main Street 1',
  city: 'Berlin',
  postalCode: '10115',
  countryCode: 'DE',
};

/** A guest who creates a cart, enters an address, chooses a shipping method and pays. */
export class Buyer {
  readonly #client: SteadyClient;
  readonly #log: LoadLog;

  constructor(client: SteadyClient, log: LoadLog) {
    this.#client = client;
    this.#log = log;
  }

  /** Buys units of an article and records the purchase. @returns null when the purchase failed */
  async buy({ variantId, sku }: Article, quantity: number): Promise<BoughtOrder | null> {
    const idempotencyKey = randomUUID();
    const begunAt = performance.now();
    let cartId: string | null = null;
    const record = (outcome: Pick<Purchase, 'order' | 'reason'>) =>
      this.#log.purchases.push({
        sku,
        quantity,
        idempotencyKey,
        cartId,
        begunAt,
        ...outcome,
        endedAt: performance.now(),
      });
    try {
      cartId = await this.#fillCart(variantId, quantity);
      const payment = { provider: 'TEST' as const, token: 'tok_visa' };
      const { checkoutComplete } = await this.#client.change(CheckoutCompleteDocument, {
        input: { cartId, payment, idempotencyKey },
      });
      const { order, orderAccessToken } = checkoutComplete;
      record({ order: order && { id: order.id, number: order.number }, reason: order ? null : 'no order' });
      return order && { id: order.id, accessToken: orderAccessToken ?? '' };
    } catch (error) {
      if (!(error instanceof NotDoneError)) throw error;
      record({ order: null, reason: error.message });
      return null;
    }
  }

  async #fillCart(variantId: string, quantity: number): Promise<string> {
    const { cartCreate } = await this.#client.change(CartCreateDocument, {
      input: { lines: [{ variantId, quantity }], idempotencyKey: randomUUID() },
    });
    const cartId = cartCreate.cart?.id ?? '';
    const { cartAddressSet } = await this.#client.change(CartAddressSetDocument, {
      input: {
        cartId,
        email: `buyer-${randomUUID()}@example.test`,
        shippingAddress: SHIPPING_ADDRESS,
        idempotencyKey: randomUUID(),
      },
    });
    const [method] = cartAddressSet.cart?.shippingMethods ?? [];
    await this.#client.change(CartShippingMethodSetDocument, {
      input: { cartId, shippingMethodId: method?.id ?? '', idempotencyKey: randomUUID() },
    });
    return cartId;
  }
}
