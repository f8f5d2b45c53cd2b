import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import Stripe from 'stripe';
import { z } from 'zod';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { ProviderNotification, SignedRequest, WebhookReader } from '../../webhook/webhook-reader.ts';
import { malformed, signatureInvalid, type WebhookRefusal } from '../../webhook/webhook.errors.ts';
import { stripeClient } from './stripe-client.provider.ts';

/** Verifies and parses Stripe's events. A signature is valid for five minutes (docs.stripe.com/webhooks/signature). */
export class StripeWebhookReader implements WebhookReader {
  async read(
    _ctx: RequestContext,
    { payload, signature }: SignedRequest,
    secret: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>> {
    const { webhookSecret } = secret;
    if (signature === null) return err(signatureInvalid('the header Stripe-Signature is missing'));
    if (webhookSecret === null) return err(signatureInvalid('the keys of the account have no webhookSecret'));
    try {
      const event = await stripeClient(secret).webhooks.constructEventAsync(payload, signature, webhookSecret);
      const read = eventSchema.safeParse(event);
      return read.success ? ok(notificationOf(read.data)) : err(malformed('it is no event of Stripe'));
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError)
        return err(signatureInvalid('Stripe-Signature does not match the body, or is older than five minutes'));
      if (error instanceof SyntaxError) return err(malformed(error.message));
      throw error;
    }
  }
}

/** The fields of an event that are used (docs.stripe.com/api/events/object). */
const eventSchema = z.object({
  data: z.object({
    object: z.object({
      object: z.string(),
      id: z.string().nullish(),
      metadata: z.record(z.string(), z.string()).nullish(),
    }),
  }),
});

/** The metadata of an intent contains the payment's id. Other objects, and intents of other systems, have no payment id. */
function notificationOf({ data: { object } }: z.infer<typeof eventSchema>): ProviderNotification {
  if (object.object === 'dispute' && object.id) return { paymentId: null, disputeReference: object.id };
  const isIntent = object.object === 'payment_intent';
  return { paymentId: isIntent ? (object.metadata?.['souk_payment'] ?? null) : null };
}
