import type { Money, Result } from '@souk/kit/domain';

/** A payment page to open at the provider. */
export interface WantedPage {
  /** The reference of the payment at the provider. */
  readonly reference: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly email: string;
  readonly returnUrl: string | null;
}

/** A payment at the provider. */
export interface HostedTransaction {
  readonly id: string;
  /** OPEN: the buyer has not paid yet, and may try again. RETURNED: the provider has given all money back. */
  readonly state: 'OPEN' | 'PAID' | 'RETURNED';
  /** The amount that the buyer pays or paid. */
  readonly amount: Money;
}

export interface HostedRefund {
  readonly id: string;
  readonly amount: Money;
  /** The note that Souk gave to the refund. */
  readonly note: string;
  readonly failed: boolean;
}

/** Why the provider did not do as asked. UNAVAILABLE: the outcome is unknown, or the merchant must correct the account. */
export type VendorFailure =
  | { readonly kind: 'REFUSED'; readonly code: string }
  | { readonly kind: 'UNAVAILABLE'; readonly message: string };

export type VendorReply<Value> = Result<Value, VendorFailure>;

/** The API of a provider that asks the buyer on its own page, takes the money at once, and knows no idempotency keys. */
export interface HostedApi {
  open(page: WantedPage): Promise<VendorReply<{ readonly url: string }>>;
  /** Null: the provider knows no payment with the reference, or its buyer has not begun to pay. */
  find(reference: string): Promise<VendorReply<HostedTransaction | null>>;
  refundsOf(transaction: HostedTransaction): Promise<VendorReply<readonly HostedRefund[]>>;
  refund(
    transaction: HostedTransaction,
    refund: { readonly amount: Money; readonly note: string },
  ): Promise<VendorReply<HostedRefund>>;
}
