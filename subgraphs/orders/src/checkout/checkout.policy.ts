import { expectVersion, failure, type Failure } from '@souk/kit/domain';
import { cartClosed } from '../cart/cart.errors.ts';
import type { Cart } from '../cart/cart.ts';

/** Everything that keeps a cart from being ordered, before anything is asked of others. Empty: it may. */
export function checkoutRefusals(cart: Cart, expectedVersion?: number | null): Failure[] {
  if (cart.status !== 'ACTIVE') return [cartClosed(cart.status)];
  const current = expectVersion(cart.version, expectedVersion);
  if (!current.ok) return [current.error];
  const missing: [boolean, Failure][] = [
    [cart.lines.length === 0, failure('CART_EMPTY', 'The cart is empty: add lines with cartLinesAdd', ['cartId'])],
    [
      cart.shippingAddress === null,
      failure('ADDRESS_MISSING', 'Say where to ship to, with cartAddressSet', ['cartId']),
    ],
    [
      cart.email === null,
      failure('EMAIL_MISSING', "Say where to write to: cartAddressSet takes the buyer's email", ['cartId']),
    ],
    [
      cart.shippingMethodId === null,
      failure('SHIPPING_METHOD_MISSING', 'Choose how to ship, with cartShippingMethodSet', ['cartId']),
    ],
  ];
  return missing.flatMap(([isMissing, refusal]) => (isMissing ? [refusal] : []));
}
