import { CartAddressSetDocument, CartShippingMethodSetDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useState } from 'react';
import { useKeepCart, type Cart } from '../cart/use-cart.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { placeFields } from '../address/address-fields.ts';
import type { AddressValues } from './address-form.tsx';

/** The step of the checkout for which a request is running. */
type Step = 'address' | 'shipping';

/** The problem of a step, as a text for the buyer. */
interface Problem {
  readonly step: Step;
  readonly text: string;
}

/** Sends the steps of a checkout before the payment. Each step is stored in the cart at the shop, so a reload of the page loses nothing. */
export function useCheckout(cart: Cart) {
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

  const problemOf = (step: Step) => (problem?.step === step ? problem.text : null);
  return { saveAddress, chooseShipping, busy, problemOf };
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
