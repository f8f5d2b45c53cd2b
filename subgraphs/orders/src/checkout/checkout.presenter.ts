import { presentOrder } from '../order/order.presenter.ts';
import type { CheckoutResult } from './checkout.service.ts';
import type { CheckoutNextActionType } from './checkout.types.ts';
import type { CheckoutWait } from './checkout.ts';

/** The payload fields of a checkout. `result` is null when the buyer canceled the checkout. */
export function presentCheckout(result: CheckoutResult | null) {
  if (result === null) return { order: null, orderAccessToken: null };
  if ('wait' in result) return { order: null, orderAccessToken: null, nextAction: presentWait(result.wait) };
  return { order: presentOrder(result.order), orderAccessToken: result.accessToken };
}

function presentWait({ action, until }: CheckoutWait): CheckoutNextActionType {
  const expiresAt = new Date(until);
  return {
    kind: action?.kind ?? 'WAIT',
    url: action?.kind === 'REDIRECT' ? action.url : null,
    clientSecret: action?.kind === 'PROVIDER_LIBRARY' ? action.clientSecret : null,
    expiresAt,
  };
}
