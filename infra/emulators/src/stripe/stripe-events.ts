import { createHmac, randomBytes } from 'node:crypto';
import { WebhookSender } from '../server/webhook-sender.ts';
import type { StripeObject } from './stripe-objects.ts';

/** The API version of the `stripe` package. The list of checked parameters is generated from this package. */
const API_VERSION = '2026-10-28.endive';

/** Publishes Stripe's events, signed as Stripe signs them (docs.stripe.com/webhooks/signature). */
export class StripeEvents {
  readonly sender: WebhookSender;
  readonly #secret: string;

  constructor(url: () => string | null, secret: string) {
    this.#secret = secret;
    this.sender = new WebhookSender({ url, signed: (payload) => ({ 'stripe-signature': this.sign(payload) }) });
  }

  publish(type: string, object: StripeObject, created: number): void {
    const id = `evt_${randomBytes(12).toString('hex')}`;
    const event = { id, object: 'event', api_version: API_VERSION, created, type, livemode: false };
    const payload = JSON.stringify({ ...event, pending_webhooks: 1, request: null, data: { object } }, null, 2);
    this.sender.publish({ type, payload });
  }

  /** @param seconds time of the signature, as Unix time in seconds. @default now */
  sign(payload: string, seconds: number = Math.floor(Date.now() / 1000)): string {
    const mac = createHmac('sha256', this.#secret).update(`${seconds}.${payload}`).digest('hex');
    return `t=${seconds},v1=${mac}`;
  }
}
