import type { Money, Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';

/** The time from `from` until before `to`. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** A payment as the provider has it. */
export interface ReportedCharge {
  readonly reference: string;
  /** The id of the payment in Souk. Null: the payment is not of Souk. */
  readonly paymentId: string | null;
  /** The money that the provider took, before refunds. Zero: it took none. */
  readonly taken: Money;
}

/** A refund as the provider has it. */
export interface ReportedRefund {
  readonly reference: string;
  /** The id of the payment in Souk. Null: the payment is not of Souk. */
  readonly paymentId: string | null;
  /** The id of the step of Souk that asked for the refund. Null: staff refunded at the provider. */
  readonly stepId: string | null;
  readonly amount: Money;
  readonly failed: boolean;
}

export interface ReportPage<Item> {
  readonly items: readonly Item[];
  /** For the next page. Null: this page is the last one. */
  readonly next: string | null;
}

/** A page, or a text for the log: the provider did not answer. */
export type PageReply<Item> = Promise<Result<ReportPage<Item>, string>>;

/** A page of a list. @property cursor `next` of the page before; null: the first page */
export interface PageRequest {
  readonly period: Period;
  readonly cursor: string | null;
}

/** Lists what happened at one provider. A list may contain more than the period. */
export interface TransactionSource {
  charges(secret: ProviderSecret, page: PageRequest): PageReply<ReportedCharge>;
  refunds(secret: ProviderSecret, page: PageRequest): PageReply<ReportedRefund>;
  /** The references of disputes, for `DisputeSource.find`. */
  disputes(secret: ProviderSecret, page: PageRequest): PageReply<string>;
}

/** The sources of the providers that list their transactions. */
export type TransactionSources = Partial<Readonly<Record<PaymentProviderName, TransactionSource>>>;
