import { useSyncExternalStore } from 'react';
import { browserValue } from '../storage/browser-value.ts';

/** A payment that the buyer began, and that waits for the provider's page, the bank or the provider. */
export interface OpenPayment {
  readonly cartId: string;
  readonly provider: 'TEST' | 'STRIPE' | 'PAYSTACK' | 'FLUTTERWAVE';
  readonly token: string | null;
  /** The provider's page. Null: the provider decides without the buyer. */
  readonly url: string | null;
}

// The provider may send the buyer back to another tab, so the payment is not in the storage of one tab.
const kept = browserValue('souk-store-open-payment');

/** Returns the open payment of a cart, or null. */
export function useOpenPayment(cartId: string | null): OpenPayment | null {
  const text = useSyncExternalStore(kept.subscribe, kept.read);
  const payment = text === null ? null : (JSON.parse(text) as OpenPayment);
  return payment !== null && payment.cartId === cartId ? payment : null;
}

/** Keeps the open payment of this browser. Null: the payment ended. */
export function keepOpenPayment(payment: OpenPayment | null): void {
  kept.write(payment && JSON.stringify(payment));
}
