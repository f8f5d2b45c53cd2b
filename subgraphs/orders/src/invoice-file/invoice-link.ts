import { createHmac, timingSafeEqual } from 'node:crypto';

const PERIOD_MS = 15 * 60_000;

/** Signs the URLs of invoice files. A browser can open a signed URL without a login until the URL expires. */
export class InvoiceLinks {
  readonly #secret: string | null;

  /** @param secret the HMAC key of the deployment. Null in a worker process, which does not create links. */
  constructor(secret: string | null) {
    this.#secret = secret;
  }

  /**
   * The signature of an invoice's URL, valid for 15 to 30 minutes. It is the same for all requests within 15 minutes, so equal requests
   * have equal responses.
   * @throws Error in a process without the secret
   */
  signatureFor(tenantId: string, invoiceId: string, now: Date): string {
    const until = (Math.floor(now.getTime() / PERIOD_MS) + 2) * PERIOD_MS;
    return `${until}.${this.#seal(tenantId, invoiceId, until)}`;
  }

  /** Whether the signature is valid for the invoice at this time. The comparison takes constant time. */
  opens(signature: string, tenantId: string, invoiceId: string, now: Date): boolean {
    const [until, seal = ''] = signature.split('.');
    const given = Buffer.from(seal);
    const right = Buffer.from(this.#seal(tenantId, invoiceId, Number(until)));
    return Number(until) > now.getTime() && given.length === right.length && timingSafeEqual(given, right);
  }

  #seal(tenantId: string, invoiceId: string, until: number): string {
    if (this.#secret === null) throw new Error('This process has no secret for links: call it in a server');
    return createHmac('sha256', this.#secret).update(`invoice:${tenantId}:${invoiceId}:${until}`).digest('base64url');
  }
}
