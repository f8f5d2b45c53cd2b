import { expectVersion, failure, type Failure } from '@souk/kit/domain';
import { cartClosed } from '../cart/cart.errors.ts';
import type { Cart } from '../cart/cart.ts';

/** The reasons why a cart cannot be ordered. They are checked before the first command is sent. Empty when the cart can be ordered. */
export function checkoutRefusals(cart: Cart, expectedVersion?: number | null): Failure[] {
  if (cart.status !== 'ACTIVE') return [cartClosed(cart.status)];
  const current = expectVersion(cart.version, expectedVersion);
  if (!current.ok) return [current.error];
  const missing: [boolean, Failure][] = [
    [cart.lines.length === 0, failure('CART_EMPTY', 'The cart is empty: add lines with cartLinesAdd', ['cartId'])],
    [
      cart.shippingAddress === null,
      failure('ADDRESS_MISSING', 'The shipping address is missing: set it with cartAddressSet', ['cartId']),
    ],
    [
      cart.email === null,
      failure('EMAIL_MISSING', "Say where to write to: cartAddressSet takes the buyer's email", ['cartId']),
    ],
    [
      cart.shippingMethodId === null,
      failure('SHIPPING_METHOD_MISSING', 'The shipping method is missing: choose one with cartShippingMethodSet', [
        'cartId',
      ]),
    ],
  ];
  return missing.flatMap(([isMissing, refusal]) => (isMissing ? [refusal] : []));
}
