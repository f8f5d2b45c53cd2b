import { CartPaymentMethodsDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { useEffect, useMemo } from 'react';
import type { Cart } from '../cart/use-cart.ts';
import { optionsOf, type PaymentOption } from './payment-options.ts';

/** Reads the payment methods for a cart, which depend on its total. @returns null until the shop has responded */
export function usePaymentOptions(cart: Cart): readonly PaymentOption[] | null {
  const { data, refetch } = useOperation(CartPaymentMethodsDocument, { cartId: cart.id }, { staleTime: 0 });
  const { amount } = cart.totals.total;
  useEffect(() => void refetch(), [amount, refetch]);
  const offered = data?.cart?.paymentMethods;
  return useMemo(() => (offered ? optionsOf(offered) : null), [offered]);
}
