import { failure, type Failure } from '@souk/kit/domain';

/** Returned for a notification with an invalid signature, and for a body that cannot be parsed. */
export type WebhookRefusal = Failure<'WEBHOOK_SIGNATURE_INVALID' | 'WEBHOOK_MALFORMED'>;

export function signatureInvalid(why: string): WebhookRefusal {
  return failure('WEBHOOK_SIGNATURE_INVALID', `The notification has no sound signature: ${why}`, ['signature']);
}

export function malformed(why: string): WebhookRefusal {
  return failure('WEBHOOK_MALFORMED', `The body is no notification of the provider: ${why}`, ['payload']);
}
