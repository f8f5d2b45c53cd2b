import type { Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { ReportedDispute } from './dispute.ts';

/** Reads disputes from one provider. */
export interface DisputeSource {
  /** The current state of a dispute. Null when the provider does not have it. When the request fails, the error is a text for the log. */
  find(secret: ProviderSecret, reference: string): Promise<Result<ReportedDispute | null, string>>;
}

/** The dispute sources by provider. Providers without dispute reports are absent. */
export type DisputeSources = Partial<Readonly<Record<PaymentProviderName, DisputeSource>>>;
