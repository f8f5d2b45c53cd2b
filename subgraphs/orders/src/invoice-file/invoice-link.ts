import { createHmac, timingSafeEqual } from 'node:crypto';

const PERIOD_MS = 15 * 60_000;

/** Signs the addresses of invoice files, so that a browser can open them without a login until they expire. */
export class InvoiceLinks {
  readonly #secret: string | null;

  /** @param secret the secret of the deployment. Null in a worker, which needs no links. */
  constructor(secret: string | null) {
    this.#secret = secret;
  }

  /**
   * The signature of an invoice, valid for 15 to 30 minutes: equal within 15 minutes, so that answers stay equal.
   * @throws Error in a process without the secret
   */
  signatureFor(tenantId: string, invoiceId: string, now: Date): string {
    const until = (Math.floor(now.getTime() / PERIOD_MS) + 2) * PERIOD_MS;
    return `${until}.${this.#seal(tenantId, invoiceId, until)}`;
  }

  /** Whether the signature opens the invoice now. The comparison takes constant time. */
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
