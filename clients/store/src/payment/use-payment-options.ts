import { CartPaymentMethodsDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';
import { useEffect, useMemo } from 'react';
import type { Cart } from '../cart/use-cart.ts';
import { optionsOf, type PaymentOption } from './payment-options.ts';

/** The ways to pay a cart. They depend on its total. @returns null while the shop has not answered */
export function usePaymentOptions(cart: Cart): readonly PaymentOption[] | null {
  const { data, refetch } = useOperation(CartPaymentMethodsDocument, { cartId: cart.id }, { staleTime: 0 });
  const { amount } = cart.totals.total;
  useEffect(() => void refetch(), [amount, refetch]);
  const offered = data?.cart?.paymentMethods;
  return useMemo(() => (offered ? optionsOf(offered) : null), [offered]);
}
