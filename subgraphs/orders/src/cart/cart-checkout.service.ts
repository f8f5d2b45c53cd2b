import type { OrdersTransaction } from '../database.ts';
import { repriceLines } from './cart-lines.ts';
import { completeCart, findCart, findOrderOf, lockCart, saveCart } from './cart.repository.ts';
import type { Cart, VariantSnapshot } from './cart.ts';

/** The steps of a checkout on its cart, inside the transactions of the checkout. */
export const cartCheckout = {
  /** Finds the cart. Null when the cart is unknown. */
  find: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => findCart(tx, cartId),

  /** Locks and returns the cart. Null when the cart is unknown. No other transaction can change the cart until this transaction ends. */
  lockForCheckout: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => lockCart(tx, cartId),

  /** The id of the order that the cart became. Null when there is no order yet. */
  orderOf: (tx: OrdersTransaction, cartId: string): Promise<string | null> => findOrderOf(tx, cartId),

  /** Records that the cart became this order. Afterwards the cart never changes again. */
  complete: (tx: OrdersTransaction, cart: Cart, orderId: string): Promise<void> => completeCart(tx, cart.id, orderId),

  /** Writes current prices and names into the locked cart, so that the buyer sees them. Returns the new cart. */
  async reprice(tx: OrdersTransaction, cart: Cart, today: readonly VariantSnapshot[]): Promise<Cart> {
    const repriced = repriceLines(cart, { found: new Map(today.map((line) => [line.variantId, line])) });
    const version = await saveCart(tx, cart, repriced);
    // The cart's shipping method cannot have been deleted, because the cart keeps it and the foreign key locks it.
    if (version === null) throw new Error('The shipping method of a cart is gone');
    return { ...repriced, version };
  },
};

/** The type of `cartCheckout`. */
export type CartCheckout = typeof cartCheckout;
