import type { OrdersTransaction } from '../database.ts';
import { completeCart, findCart, findOrderOf, lockCart, saveCart } from './cart.repository.ts';
import type { Cart, PricedCart } from './cart.ts';

/** Reads and changes the cart of a checkout, inside the transactions of the checkout. */
export const cartCheckout = {
  /** Null when the cart is unknown. */
  find: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => findCart(tx, cartId),

  /** Locks and returns the cart. Null when the cart is unknown. No other transaction can change the cart until this transaction ends. */
  lockForCheckout: (tx: OrdersTransaction, cartId: string): Promise<Cart | null> => lockCart(tx, cartId),

  /** The id of the order that the cart became. Null while the cart is not ordered. */
  orderOf: (tx: OrdersTransaction, cartId: string): Promise<string | null> => findOrderOf(tx, cartId),

  /** Marks the active cart as ordered. The cart never changes again. Returns false when the cart is not active. */
  complete: (tx: OrdersTransaction, cartId: string, orderId: string): Promise<boolean> =>
    completeCart(tx, cartId, orderId),

  /** Writes current prices, names and savings into the locked cart, so its buyer sees them. Returns the new cart. */
  reprice(tx: OrdersTransaction, cart: Cart, { cart: today, savings, taxAdjustment }: PricedCart): Cart {
    const current = new Map(today.lines.map((line) => [line.variantId, line]));
    const repriced = {
      ...cart,
      // The buyer may have changed a quantity while the failed checkout was compensated, so the quantities of the locked cart are kept.
      lines: cart.lines.map((line) => ({ ...line, ...current.get(line.variantId), quantity: line.quantity })),
      gifts: today.gifts,
      savingsMinor: savings.amountMinor,
      taxAdjustmentMinor: taxAdjustment.amountMinor,
    };
    return { ...repriced, version: saveCart(tx, cart, repriced) };
  },
};

/** The methods of `cartCheckout`, as a dependency of the checkout. */
export type CartCheckout = typeof cartCheckout;
