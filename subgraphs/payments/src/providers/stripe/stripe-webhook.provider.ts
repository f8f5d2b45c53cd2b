import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';
import Stripe from 'stripe';
import type { ProviderSecret } from '../../account/provider-secret.ts';
import type { ProviderNotification, WebhookReader } from '../../webhook/webhook-reader.ts';
import { malformed, signatureInvalid, type WebhookRefusal } from '../../webhook/webhook.errors.ts';
import { stripeClient } from './stripe-client.provider.ts';

/** Reads Stripe's events. A signature is valid for five minutes (docs.stripe.com/webhooks/signature). */
export class StripeWebhookReader implements WebhookReader {
  async read(
    _ctx: RequestContext,
    { payload, signature }: { readonly payload: string; readonly signature: string | null },
    secret: ProviderSecret,
  ): Promise<Result<ProviderNotification, WebhookRefusal>> {
    if (signature === null) return err(signatureInvalid('the header Stripe-Signature is missing'));
    try {
      const event = await stripeClient(secret).webhooks.constructEventAsync(payload, signature, secret.webhookSecret);
      return ok({ paymentId: paymentOf(event) });
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError)
        return err(signatureInvalid('Stripe-Signature does not match the body, or is older than five minutes'));
      if (error instanceof SyntaxError) return err(malformed(error.message));
      throw error;
    }
  }
}

/** Every intent of Souk names its payment. Events of other objects, and of intents that other systems created, name none. */
function paymentOf({ data: { object } }: Stripe.Event): string | null {
  if (object.object !== 'payment_intent') return null;
  return object.metadata['souk_payment'] ?? null;
}
