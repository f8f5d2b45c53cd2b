import type { OrdersTransaction } from '../database.ts';
import { repriceLines } from './cart-lines.ts';
import { completeCart, findCart, findOrderOf, lockCart, saveCart } from './cart.repository.ts';
import type { Cart, VariantSnapshot } from './cart.ts';

/** The operations of a checkout on its cart, inside the transactions of the checkout. */
export const cartCheckout = {
  /** The cart as it is, or null. */
  find: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => findCart(tx, cartId),

  /** The cart, or null. No other transaction changes the cart until this one ends. */
  lockForCheckout: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => lockCart(tx, cartId),

  /** The order that the cart became, or null. */
  orderOf: (tx: OrdersTransaction, cartId: string): Promise<string | null> => findOrderOf(tx, cartId),

  /** The cart became this order, and never changes again. */
  complete: (tx: OrdersTransaction, cart: Cart, orderId: string): Promise<void> => completeCart(tx, cart.id, orderId),

  /** Writes today's prices and names into the (locked) cart, so that its buyer sees them, and gives the new cart. */
  async reprice(tx: OrdersTransaction, cart: Cart, today: readonly VariantSnapshot[]): Promise<Cart> {
    const repriced = repriceLines(cart, { found: new Map(today.map((line) => [line.variantId, line])) });
    const version = await saveCart(tx, cart, repriced);
    // The cart keeps its method, which is locked by the reference: it cannot have been deleted.
    if (version === null) throw new Error('The shipping method of a cart is gone');
    return { ...repriced, version };
  },
};

/** The type of `cartCheckout`. */
export type CartCheckout = typeof cartCheckout;
