import { CheckoutCancelDocument, CheckoutCompleteDocument, perform, type CheckoutCompleteMutation } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useState } from 'react';
import { keepCartId } from '../cart/cart-store.ts';
import { keepOrder } from '../order/order-store.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { keepOpenPayment, type OpenPayment } from './open-payment.ts';

type Payload = NonNullable<CheckoutCompleteMutation['checkoutComplete']>;

/**
 * The payment to send. `expectedVersion` is the version of the cart that the buyer saw. It is absent when the buyer
 * continues an open payment.
 */
export interface WantedPayment extends Omit<OpenPayment, 'url'> {
  readonly expectedVersion?: number;
}

/**
 * The result of a payment attempt. The hook has already stored the order or the open payment. `problem` is a message
 * for the buyer.
 */
export type Placed =
  | { readonly kind: 'ORDERED'; readonly orderId: string }
  | { readonly kind: 'OPEN'; readonly payment: OpenPayment }
  | { readonly kind: 'CANCELED' }
  | { readonly kind: 'REFUSED'; readonly problem: string };

/** Functions that pay for a cart, which makes it an order, and that cancel an open payment. */
export function usePlaceOrder() {
  const { http } = useSouk();
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);

  /** Pays, or checks the state of an open payment. Both use the same request. */
  const place = async ({ cartId, provider, token, expectedVersion }: WantedPayment): Promise<Placed> => {
    setBusy(true);
    const returnUrl = `${location.origin}/store/checkout`;
    const payment = { provider, returnUrl, ...(token !== null && { token }) };
    const input = { cartId, payment, ...(expectedVersion !== undefined && { expectedVersion }) };
    const outcome = await perform(http, CheckoutCompleteDocument, { input });
    setBusy(false);
    if (outcome.kind === 'done') {
      const kept = keep(outcome.payload, { cartId, provider, token });
      if (kept) return kept;
    }
    if (outcome.kind !== 'failed') keepOpenPayment(null);
    return { kind: 'REFUSED', problem: textOf(outcome) };
  };

  /** Cancels an open payment. The buyer can then choose another payment method. */
  const cancel = async (payment: OpenPayment): Promise<Placed> => {
    setBusy(true);
    const outcome = await perform(http, CheckoutCancelDocument, { input: { cartId: payment.cartId } });
    setBusy(false);
    if (outcome.kind !== 'done') return { kind: 'REFUSED', problem: textOf(outcome) };
    const { order, orderAccessToken } = outcome.payload;
    keepOpenPayment(null);
    return keep({ order, orderAccessToken, nextAction: null }, payment) ?? { kind: 'CANCELED' };
  };

  return { place, cancel, busy };
}

/** Stores the order or the open payment of a response. @returns null when the response has neither */
function keep(
  { order, orderAccessToken, nextAction }: Pick<Payload, 'order' | 'orderAccessToken' | 'nextAction'>,
  { cartId, provider, token }: Omit<OpenPayment, 'url'>,
): Placed | null {
  if (order) {
    const { id, number, placedAt } = order;
    if (orderAccessToken) keepOrder({ id, number, placedAt, accessToken: orderAccessToken });
    keepCartId(null);
    keepOpenPayment(null);
    return { kind: 'ORDERED', orderId: order.id };
  }
  if (!nextAction) return null;
  const payment = { cartId, provider, token, url: nextAction.url ?? null };
  keepOpenPayment(payment);
  return { kind: 'OPEN', payment };
}
