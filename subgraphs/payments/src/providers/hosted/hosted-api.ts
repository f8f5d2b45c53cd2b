import type { Money, Result } from '@souk/kit/domain';

/** The payment page to create at the provider. */
export interface WantedPage {
  readonly reference: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly email: string;
  readonly returnUrl: string | null;
}

/** A payment as the provider reports it. */
export interface HostedTransaction {
  readonly id: string;
  /** OPEN: the buyer has not paid and may still try. RETURNED: all money was refunded. */
  readonly state: 'OPEN' | 'PAID' | 'RETURNED';
  /** The amount that the buyer paid or is asked to pay. */
  readonly amount: Money;
}

export interface HostedRefund {
  readonly id: string;
  readonly amount: Money;
  /** The note that Souk sent with the refund. It contains the step id. */
  readonly note: string;
  readonly failed: boolean;
}

/** Why a request failed. UNAVAILABLE: the outcome is unknown, or the merchant must correct the account. */
export type VendorFailure =
  | { readonly kind: 'REFUSED'; readonly code: string }
  | { readonly kind: 'UNAVAILABLE'; readonly message: string };

export type VendorReply<Value> = Result<Value, VendorFailure>;

/** The API of a provider with its own payment page, immediate capture, and no idempotency keys. */
export interface HostedApi {
  open(page: WantedPage): Promise<VendorReply<{ readonly url: string }>>;
  /** Null when the provider has no payment with the reference, or when the buyer has not started to pay. */
  find(reference: string): Promise<VendorReply<HostedTransaction | null>>;
  refundsOf(transaction: HostedTransaction): Promise<VendorReply<readonly HostedRefund[]>>;
  refund(
    transaction: HostedTransaction,
    refund: { readonly amount: Money; readonly note: string },
  ): Promise<VendorReply<HostedRefund>>;
}
