import { CartAddressSetDocument, CartShippingMethodSetDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useState } from 'react';
import { useKeepCart, type Cart } from '../cart/use-cart.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { placeFields } from '../address/address-fields.ts';
import type { AddressValues } from './address-form.tsx';

type Step = 'address' | 'shipping';

/** The error message of a step, in the buyer's language. */
interface Problem {
  readonly step: Step;
  readonly text: string;
}

/** Saves the steps before the payment. The shop stores each step in the cart, so the steps survive a reload. */
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

/** Converts the form values to the API's input. Fields that the country's addresses do not have are left out. */
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
