import type { Money, Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';

/** The time from `from` until before `to`. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** A payment as the provider reports it. */
export interface ReportedCharge {
  readonly reference: string;
  /** The id of the payment in Souk. Null when Souk did not make the payment. */
  readonly paymentId: string | null;
  /** The money that the provider took, before refunds. Zero when the provider took no money. */
  readonly taken: Money;
}

/** A refund as the provider reports it. */
export interface ReportedRefund {
  readonly reference: string;
  /** The id of the payment in Souk. Null when Souk did not make the payment. */
  readonly paymentId: string | null;
  /** The id of Souk's step that requested the refund. Null when staff made the refund at the provider. */
  readonly stepId: string | null;
  readonly amount: Money;
  readonly failed: boolean;
}

export interface ReportPage<Item> {
  readonly items: readonly Item[];
  /** The cursor of the next page. Null on the last page. */
  readonly next: string | null;
}

/** A page of a report. When the provider does not respond, the error is a text for the log. */
export type PageReply<Item> = Promise<Result<ReportPage<Item>, string>>;

/** A request for one page of a list. @property cursor `next` of the previous page, or null for the first page */
export interface PageRequest {
  readonly period: Period;
  readonly cursor: string | null;
}

/** Lists the payments, refunds and disputes at one provider. A list may contain entries outside of the period. */
export interface TransactionSource {
  charges(secret: ProviderSecret, page: PageRequest): PageReply<ReportedCharge>;
  refunds(secret: ProviderSecret, page: PageRequest): PageReply<ReportedRefund>;
  /** The references of disputes, for `DisputeSource.find`. */
  disputes(secret: ProviderSecret, page: PageRequest): PageReply<string>;
}

/** The sources of the providers that list their transactions. */
export type TransactionSources = Partial<Readonly<Record<PaymentProviderName, TransactionSource>>>;
