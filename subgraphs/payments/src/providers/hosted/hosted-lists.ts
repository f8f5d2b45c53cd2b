import type { Money } from '@souk/kit/domain';
import type { Period } from '../../reconciliation/transaction-source.ts';
import type { VendorReply } from './hosted-api.ts';

export interface HostedPage<Item> {
  readonly items: readonly Item[];
  readonly isLast: boolean;
}

/** A payment as lists of the provider show it. */
export interface HostedCharge {
  readonly reference: string;
  readonly amount: Money;
  /** Whether the buyer paid, also when the money was given back later. */
  readonly isPaid: boolean;
}

/** A refund as lists of the provider show it. Some of them do not name its currency. */
export interface ListedRefund {
  readonly id: string;
  readonly transactionId: string;
  readonly note: string;
  readonly failed: boolean;
  /** Null: Souk cannot count the amount. */
  amountIn(currency: string): Money | null;
}

/** The lists of a provider that asks the buyer on its own page. Pages count from 1. */
export interface HostedLists {
  charges(period: Period, page: number): Promise<VendorReply<HostedPage<HostedCharge>>>;
  refunds(period: Period, page: number): Promise<VendorReply<HostedPage<ListedRefund>>>;
  /** The references of disputes. */
  disputes(period: Period, page: number): Promise<VendorReply<HostedPage<string>>>;
  /** The payment with the provider's own id. Null: the provider does not know it. */
  charge(transactionId: string): Promise<VendorReply<HostedCharge | null>>;
}
