import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import { readJson } from '../../webhook/read-json.ts';
import { isMac } from '../../webhook/signatures.ts';
import type { ProviderNotification, SignedRequest, WebhookReader } from '../../webhook/webhook-reader.ts';
import { malformed, signatureInvalid, type WebhookRefusal } from '../../webhook/webhook.errors.ts';

/**
 * The fields of an event that are used (paystack.com/docs/payments/webhooks). The field with the payment's reference depends on the type
 * of event.
 */
const eventSchema = z.object({
  event: z.string(),
  data: z.object({
    reference: z.string().nullish(),
    transaction_reference: z.string().nullish(),
    id: z.union([z.int(), z.string()]).nullish(),
  }),
});

/**
 * Verifies and parses Paystack's events. The signature of an event is the HMAC-SHA512 of its body in hexadecimal digits. The HMAC key is
 * the account's secret key.
 */
export class PaystackWebhookReader implements WebhookReader {
  async read(
    _ctx: RequestContext,
    { payload, signature }: SignedRequest,
    { secretKey }: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>> {
    if (signature === null) return err(signatureInvalid('the header x-paystack-signature is missing'));
    if (!isMac(signature, payload, { algorithm: 'sha512', secret: secretKey, encoding: 'hex' }))
      return err(signatureInvalid('x-paystack-signature does not match the body'));
    const read = eventSchema.safeParse(readJson(payload));
    if (!read.success) return err(malformed('it is no event of Paystack'));
    const { event, data } = read.data;
    if (event.startsWith('charge.dispute.') && data.id)
      return ok({ paymentId: null, disputeReference: String(data.id) });
    return ok({ paymentId: data.reference ?? data.transaction_reference ?? null });
  }
}
