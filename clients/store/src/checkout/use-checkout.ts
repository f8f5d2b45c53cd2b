import {
  CartAddressSetDocument,
  CartShippingMethodSetDocument,
  CheckoutCompleteDocument,
  perform,
  type CheckoutCompleteMutation,
} from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useState } from 'react';
import { keepCartId } from '../cart/cart-store.ts';
import { useKeepCart, type Cart } from '../cart/use-cart.ts';
import { keepOrder } from '../order/order-store.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { placeFields } from '../address/address-fields.ts';
import type { AddressValues } from './address-form.tsx';

/** The step of the checkout for which a request is running. */
type Step = 'address' | 'shipping' | 'order';

/** The problem of a step, as a text for the buyer. */
interface Problem {
  readonly step: Step;
  readonly text: string;
}

type Ordered = NonNullable<NonNullable<CheckoutCompleteMutation['checkoutComplete']>['order']>;

/** Sends the steps of a checkout. Each step is stored in the cart at the shop, so a reload of the page loses nothing. */
export function useCheckout(cart: Cart, refetch: () => Promise<unknown>) {
  const { http } = useSouk();
  const keepCart = useKeepCart();
  const textOf = useProblemText();
  const [busy, setBusy] = useState<Step | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  const begin = (step: Step) => {
    setBusy(step);
    setProblem(null);
  };

  const saveAddress = async (values: AddressValues): Promise<boolean> => {
    begin('address');
    const outcome = await perform(http, CartAddressSetDocument, { input: { cartId: cart.id, ...inputOf(values) } });
    setBusy(null);
    if (outcome.kind !== 'done' || !outcome.payload.cart) {
      setProblem({ step: 'address', text: textOf(outcome) });
      return false;
    }
    keepCart(outcome.payload.cart);
    return true;
  };

  const chooseShipping = async (shippingMethodId: string) => {
    begin('shipping');
    const input = { cartId: cart.id, shippingMethodId };
    const outcome = await perform(http, CartShippingMethodSetDocument, { input });
    setBusy(null);
    if (outcome.kind === 'done' && outcome.payload.cart) keepCart(outcome.payload.cart);
    else setProblem({ step: 'shipping', text: textOf(outcome) });
  };

  /** @returns the order, or null when the shop refused it */
  const placeOrder = async (token: string): Promise<Ordered | null> => {
    begin('order');
    const payment = { provider: 'TEST', token } as const;
    const input = { cartId: cart.id, payment, expectedVersion: cart.version };
    const outcome = await perform(http, CheckoutCompleteDocument, { input });
    setBusy(null);
    const { order, orderAccessToken } = outcome.kind === 'done' ? outcome.payload : {};
    if (order && orderAccessToken) {
      keepOrder({ id: order.id, number: order.number, placedAt: order.placedAt, accessToken: orderAccessToken });
      keepCartId(null);
      return order;
    }
    setProblem({ step: 'order', text: textOf(outcome) });
    await refetch(); // The refusal may follow from a changed price or stock, which the present cart shows.
    return null;
  };

  const problemOf = (step: Step) => (problem?.step === step ? problem.text : null);
  return { saveAddress, chooseShipping, placeOrder, busy, problemOf };
}

/** Returns the input of the API. Fields that addresses of the country do not have are left out. */
function inputOf({ email, line2, city, region, postalCode, phone, ...address }: AddressValues) {
  const fields = placeFields(address.countryCode);
  return {
    email,
    shippingAddress: {
      ...address,
      city,
      ...(line2 && { line2 }),
      ...(region && fields.includes('region') && { region }),
      ...(postalCode && fields.includes('postalCode') && { postalCode }),
      ...(phone && { phone }),
    },
  };
}
