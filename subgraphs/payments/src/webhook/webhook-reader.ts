import type { RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { WebhookRefusal } from './webhook.errors.ts';

/**
 * A webhook notification of a provider. Only the references in the notification are used. The receiver queries the provider for the current
 * state, so a replayed or late notification has no effect.
 */
export interface ProviderNotification {
  /** The id of the payment that changed. Null when the notification is not about a payment of Souk. */
  readonly paymentId: string | null;
  /** The provider's reference for the dispute that changed. Absent when the notification is not about a dispute. */
  readonly disputeReference?: string;
  /** The id of the attempt to save a payment method that the notification is about. @default none */
  readonly setupId?: string;
  /** The provider's reference for a saved payment method that the provider no longer keeps. @default none */
  readonly removedMethod?: string;
}

/** The body and the signature headers of a webhook request. */
export interface SignedRequest {
  /** The raw body. Parsing it first would break the signature check. */
  readonly payload: string;
  /** The signature header. Null when it is absent. */
  readonly signature: string | null;
  /** The header with the shared secret hash, which only Flutterwave sends. Null when it is absent. */
  readonly secretHash: string | null;
}

/** Verifies and parses the notifications of one provider. */
export interface WebhookReader {
  /** Verifies the signature of the raw body. */
  read(
    ctx: RequestContext,
    request: SignedRequest,
    secret: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>>;
}
