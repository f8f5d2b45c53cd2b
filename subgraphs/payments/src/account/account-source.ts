import type { RequestContext } from '@souk/kit/context';
import type { PaymentProviderName } from './payment-account.ts';
import type { CaptureMethod } from './payment-account.ts';
import type { ProviderSecret } from './provider-secret.ts';

/** A tenant's account at a provider, with its keys. */
export interface ConnectedAccount {
  readonly captureMethod: CaptureMethod;
  /** Null when the installation has no secret with the account's name for this tenant. */
  readonly secret: ProviderSecret | null;
}

/**
 * Finds the provider account of the request's tenant, including a disabled account. The existing payments of a disabled account can still
 * be captured, refunded and voided.
 */
export interface AccountSource {
  find(ctx: RequestContext, provider: PaymentProviderName): Promise<ConnectedAccount | null>;
}
