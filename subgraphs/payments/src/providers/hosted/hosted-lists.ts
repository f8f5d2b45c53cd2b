import type { Money } from '@souk/kit/domain';
import type { Period } from '../../reconciliation/transaction-source.ts';
import type { VendorReply } from './hosted-api.ts';

export interface HostedPage<Item> {
  readonly items: readonly Item[];
  readonly isLast: boolean;
}

/** A payment in a list of the provider. */
export interface HostedCharge {
  readonly reference: string;
  readonly amount: Money;
  /** Whether the buyer paid. Also true when the money was given back later. */
  readonly isPaid: boolean;
}

/** A refund in a list of the provider. Some lists do not contain the currency of a refund. */
export interface ListedRefund {
  readonly id: string;
  readonly transactionId: string;
  readonly note: string;
  readonly failed: boolean;
  /** Null when Souk cannot represent the amount. */
  amountIn(currency: string): Money | null;
}

/** The lists of a provider with its own payment page. Page numbers begin with 1. */
export interface HostedLists {
  charges(period: Period, page: number): Promise<VendorReply<HostedPage<HostedCharge>>>;
  refunds(period: Period, page: number): Promise<VendorReply<HostedPage<ListedRefund>>>;
  /** The references of disputes. */
  disputes(period: Period, page: number): Promise<VendorReply<HostedPage<string>>>;
  /** The payment with the provider's own id. Null when the provider does not know the id. */
  charge(transactionId: string): Promise<VendorReply<HostedCharge | null>>;
}
