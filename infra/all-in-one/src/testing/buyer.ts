import type { Answer, Data, GraphqlClient, Headers } from './graphql-client.ts';
import { CART_ADDRESS_SET, CART_CREATE, CART_SHIPPING_METHOD_SET, CHECKOUT_COMPLETE } from './operations.ts';
import type { Article } from './test-shop.ts';

export interface CheckoutValues {
  /** A token of the test provider. @default 'tok_visa', which succeeds */
  readonly token?: string;
  readonly idempotencyKey?: string;
}

/** A guest who buys from a shop over HTTP. */
export class Buyer {
  constructor(
    private readonly client: GraphqlClient,
    private readonly headers: Headers = {},
  ) {}

  /** Creates a cart that lacks only a payment. @returns the cart's id */
  async fillCart(article: Article, quantity = 1): Promise<string> {
    const cart = await this.#change(CART_CREATE, { lines: [{ variantId: article.variantId, quantity }] });
    const cartId: string = cart.id;
    const addressed = await this.#change(CART_ADDRESS_SET, {
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
    await this.#change(CART_SHIPPING_METHOD_SET, { cartId, shippingMethodId: addressed.shippingMethods[0].id });
    return cartId;
  }

  /** Sends `checkoutComplete`. @returns the response */
  pay(cartId: string, { token = 'tok_visa', idempotencyKey }: CheckoutValues = {}): Promise<Answer> {
    const input = { cartId, payment: { provider: 'TEST', token }, ...(idempotencyKey && { idempotencyKey }) };
    return this.client.run(CHECKOUT_COMPLETE, { input }, this.headers);
  }

  /** Sends `checkoutComplete`. @returns its payload. @throws Error when the response has errors or no data */
  async checkout(cartId: string, values: CheckoutValues = {}): Promise<Data> {
    const { data, errors } = await this.pay(cartId, values);
    if (!data || errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.checkoutComplete;
  }

  /** Buys the article. @returns the order's id and access token. @throws Error when the checkout is refused */
  async order(article: Article, quantity = 1): Promise<{ readonly id: string; readonly accessToken: string }> {
    const { order, orderAccessToken, userErrors } = await this.checkout(await this.fillCart(article, quantity));
    if (!order) throw new Error(JSON.stringify(userErrors));
    return { id: order.id, accessToken: orderAccessToken };
  }

  async #change(mutation: string, input: Data): Promise<Data> {
    const [payload] = Object.values(await this.client.data(mutation, { input }, this.headers));
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
    return payload.cart;
  }
}
