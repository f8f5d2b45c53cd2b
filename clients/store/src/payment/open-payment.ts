import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

/**
 * A payment that is not finished. Either the buyer must act on the provider's page, or the bank or the provider has not
 * decided.
 */
export interface OpenPayment {
  readonly cartId: string;
  readonly provider: 'TEST' | 'STRIPE' | 'PAYSTACK' | 'FLUTTERWAVE';
  readonly token: string | null;
  /** The URL of the provider's page. Null when the buyer has nothing to do. */
  readonly url: string | null;
}

// The provider may redirect the buyer to another tab, so the payment is in `localStorage`, which tabs share.
const kept = browserValue('souk-store-open-payment');

/** Returns the open payment of a cart, or null when the cart has no open payment. */
export function useOpenPayment(cartId: string | null): OpenPayment | null {
  const text = useSyncExternalStore(kept.subscribe, kept.read);
  const payment = text === null ? null : (JSON.parse(text) as OpenPayment);
  return payment !== null && payment.cartId === cartId ? payment : null;
}

/** Stores the open payment in this browser. Null removes it, when the payment has ended. */
export function keepOpenPayment(payment: OpenPayment | null): void {
  kept.write(payment && JSON.stringify(payment));
}
