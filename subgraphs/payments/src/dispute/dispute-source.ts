import type { Result } from '@souk/kit/domain';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { ReportedDispute } from './dispute.ts';

/** Reads disputes at one provider. */
export interface DisputeSource {
  /**
   * The present state of the disputes with a reference. None: the provider does not know it. An error is a text for the log: the state is
   * unknown.
   */
  find(secret: ProviderSecret, reference: string): Promise<Result<readonly ReportedDispute[], string>>;
}

/** The sources of the providers that report disputes. */
export type DisputeSources = Partial<Readonly<Record<PaymentProviderName, DisputeSource>>>;
