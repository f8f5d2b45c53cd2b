import { createHmac, randomBytes } from 'node:crypto';
import type { StripeObject } from './stripe-objects.ts';

/** An event as the emulator published it. */
export interface PublishedEvent {
  readonly id: string;
  readonly type: string;
  readonly payload: string;
}

/** Milliseconds before each attempt. Stripe itself tries for three days. */
const ATTEMPTS_MS = [0, 500, 2_000, 10_000, 60_000];

export interface WebhookSenderOptions {
  /** The address of the endpoint. Null: events are kept and not sent. */
  readonly url: () => string | null;
  readonly secret: string;
  readonly apiVersion: string;
}

/** Publishes events, signed as Stripe signs them (docs.stripe.com/webhooks/signature), until the endpoint answers with a status of 2xx. */
export class WebhookSender {
  readonly events: PublishedEvent[] = [];
  readonly #options: WebhookSenderOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(options: WebhookSenderOptions) {
    this.#options = options;
  }

  publish(type: string, object: StripeObject, created: number): void {
    const id = `evt_${randomBytes(12).toString('hex')}`;
    const event = { id, object: 'event', api_version: this.#options.apiVersion, created, type, livemode: false };
    const payload = JSON.stringify({ ...event, pending_webhooks: 1, request: null, data: { object } }, null, 2);
    const published = { id, type, payload };
    this.events.push(published);
    this.#schedule(published, 0);
  }

  /** Sends an event once. @returns the status of the answer; null: there is no endpoint, or it did not answer */
  async send({ payload }: PublishedEvent): Promise<number | null> {
    const url = this.#options.url();
    if (url === null) return null;
    const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': this.sign(payload) };
    try {
      const answer = await fetch(url, { method: 'POST', body: payload, headers, signal: AbortSignal.timeout(30_000) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  /** @param seconds of the signature. @default now */
  sign(payload: string, seconds: number = Math.floor(Date.now() / 1000)): string {
    const mac = createHmac('sha256', this.#options.secret).update(`${seconds}.${payload}`).digest('hex');
    return `t=${seconds},v1=${mac}`;
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(event: PublishedEvent, attempt: number): void {
    const delay = ATTEMPTS_MS[attempt];
    if (delay === undefined || this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.send(event).then((status) => {
        if (status === null || status < 200 || status > 299) this.#schedule(event, attempt + 1);
      });
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }
}
