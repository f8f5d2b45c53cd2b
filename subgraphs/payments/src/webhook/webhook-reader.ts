import type { RequestContext } from '@souk/kit/context';
import type { Result } from '@souk/kit/domain';
import type { ProviderSecret } from '../account/provider-secret.ts';
import type { WebhookRefusal } from './webhook.errors.ts';

/**
 * A notification of a provider. The notification only says where to look: the receiver asks the provider for the present state. So a replayed
 * or late notification changes nothing that a prompt one would not.
 */
export interface ProviderNotification {
  /** The id of the payment that the notification is about. Null: it concerns no payment of Souk. */
  readonly paymentId: string | null;
  /** The provider's reference of the dispute that the notification is about. @default none */
  readonly disputeReference?: string;
  /** The id of the attempt to save a payment method that the notification is about. @default none */
  readonly setupId?: string;
  /** The provider's reference of a saved payment method that the provider no longer keeps. @default none */
  readonly removedMethod?: string;
}

/** A notification as it arrived. */
export interface SignedRequest {
  /** The body, unchanged. */
  readonly payload: string;
  /** The header with the signature. Null: the request has none. */
  readonly signature: string | null;
  /** The header with a shared secret, which Flutterwave also sends. Null: the request has none. */
  readonly secretHash: string | null;
}

/** Reads the notifications of one provider. */
export interface WebhookReader {
  /** Checks the signature on the body exactly as it arrived. */
  read(
    ctx: RequestContext,
    request: SignedRequest,
    secret: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>>;
}
