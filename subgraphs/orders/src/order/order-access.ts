import { createHmac, timingSafeEqual } from 'node:crypto';

/** Makes and checks the tokens that open one order to whoever placed it without an account. */
export class OrderAccess {
  readonly #secret: string;

  /** @param secret of the deployment. Changing it closes every link that was given out. */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The same for the same order, so that a repeated checkout answers it again; base64url. */
  tokenFor(tenantId: string, orderId: string): string {
    return createHmac('sha256', this.#secret).update(`order:${tenantId}:${orderId}`).digest('base64url');
  }

  /** Whether the token opens the order. Takes as long for a wrong one as for the right one. */
  opens(token: string, tenantId: string, orderId: string): boolean {
    const given = Buffer.from(token);
    const right = Buffer.from(this.tokenFor(tenantId, orderId));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
