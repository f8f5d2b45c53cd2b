import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import { readJson } from '../../webhook/read-json.ts';
import { isMac, isSameText } from '../../webhook/signatures.ts';
import type { ProviderNotification, SignedRequest, WebhookReader } from '../../webhook/webhook-reader.ts';
import { malformed, signatureInvalid, type WebhookRefusal } from '../../webhook/webhook.errors.ts';

/** The only field of an event that is used (developer.flutterwave.com/docs/webhooks). */
const eventSchema = z.object({ data: z.object({ tx_ref: z.string().nullish() }) });

/**
 * Verifies and parses Flutterwave's events. The header `flutterwave-signature` is the HMAC-SHA256 of the body in base64, with the secret
 * hash as key. The older header `verif-hash` is the secret hash itself and does not cover the body. It is accepted, because only the
 * payment reference is used and the payment's state is queried from the provider.
 */
export class FlutterwaveWebhookReader implements WebhookReader {
  async read(
    _ctx: RequestContext,
    request: SignedRequest,
    { webhookSecret: secret }: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>> {
    const { payload, signature, secretHash } = request;
    if (secret === null) return err(signatureInvalid('the keys of the account have no webhookSecret'));
    if (signature === null && secretHash === null)
      return err(signatureInvalid('the headers flutterwave-signature and verif-hash are missing'));
    const isSound =
      signature === null
        ? isSameText(secretHash ?? '', secret)
        : isMac(signature, payload, { algorithm: 'sha256', secret, encoding: 'base64' });
    if (!isSound) return err(signatureInvalid('flutterwave-signature or verif-hash is not of this account'));
    const read = eventSchema.safeParse(readJson(payload));
    return read.success
      ? ok({ paymentId: read.data.data.tx_ref ?? null })
      : err(malformed('it is no event of Flutterwave'));
  }
}
