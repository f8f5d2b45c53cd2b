import { CartShowDocument, type CartShowQuery } from '@souk/sdk';
import { operationKey, useOperation } from '@souk/sdk/react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useCartId } from './cart-store.ts';

/** The cart with every field that the store shows. */
export type Cart = NonNullable<CartShowQuery['cart']>;

/** Reads the cart of this browser. `cart` is null when there is no cart, or when it has been ordered. */
export function useCart() {
  const id = useCartId();
  // The stock and the prices of a cart can change at any time, so the cached response is never fresh.
  const { data, error, isLoading, refetch } = useOperation(
    CartShowDocument,
    { id: id ?? '' },
    { enabled: id !== null, staleTime: 0 },
  );
  const cart = id !== null && data?.cart?.status === 'ACTIVE' ? data.cart : null;
  return { cart, error, isLoading, refetch };
}

/** Returns a function that puts a cart from a mutation into the cache. The cart is shown without another request. */
export function useKeepCart(): (cart: Cart) => void {
  const cache = useQueryClient();
  return useCallback(
    (cart) => {
      cache.setQueryData(operationKey(CartShowDocument, { id: cart.id }), { cart });
    },
    [cache],
  );
}

/** Returns the number of units in a cart, 0 when there is no cart. */
export function unitsOf(cart: Cart | null): number {
  return cart?.lines.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0;
}
