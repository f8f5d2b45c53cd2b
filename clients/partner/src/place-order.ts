import { bodyOf, required, type SoukClient } from './souk-client.ts';

/** A placed order. The access token opens the order without a login. */
export interface PlacedOrder {
  readonly id: string;
  readonly number: string;
  readonly accessToken: string;
}

/** A purchase order of the partner's own system, from which a Souk order is made. */
export interface PurchaseOrder {
  /** The partner's order number. The idempotency keys of all requests are derived from it. */
  readonly reference: string;
  readonly sku: string;
  readonly quantity: number;
  readonly email: string;
  readonly shippingAddress: {
    readonly name: string;
    readonly line1: string;
    readonly city: string;
    readonly postalCode: string;
    readonly countryCode: string;
  };
  /** A payment method, tokenized by the payment provider. */
  readonly paymentToken: string;
}

/**
 * Places an order. A second call with the same purchase order returns the first order.
 * @throws Error when the shop does not sell the SKU, or refuses the order.
 */
export async function placeOrder(souk: SoukClient, purchase: PurchaseOrder): Promise<PlacedOrder> {
  const { reference, sku, quantity, email, shippingAddress, paymentToken } = purchase;
  const key = (step: string) => ({ 'Idempotency-Key': `${reference}-${step}` });
  const variant = await bodyOf(souk.GET('/variants/{sku}', { params: { path: { sku } } }));
  const lines = [{ variantId: variant.data.id, quantity }];
  const cart = await bodyOf(souk.POST('/carts', { params: { header: key('cart') }, body: { lines } }));
  const path = { cartId: required(cart.data, 'cart').id };
  const addressed = await bodyOf(
    souk.PUT('/carts/{cartId}/address', {
      params: { path, header: key('address') },
      body: { email, shippingAddress },
    }),
  );
  const method = required(addressed.data?.shippingMethods[0], 'shipping method for this address');
  await bodyOf(
    souk.PUT('/carts/{cartId}/shipping-method', {
      params: { path, header: key('method') },
      body: { shippingMethodId: method.id },
    }),
  );
  const { data } = await bodyOf(
    souk.POST('/carts/{cartId}/checkout', {
      params: { path, header: key('checkout') },
      body: { payment: { provider: 'TEST', token: paymentToken } },
    }),
  );
  const { order, orderAccessToken } = required(data, 'order');
  const { id, number } = required(order, 'order');
  return { id, number, accessToken: required(orderAccessToken, 'access token') };
}
