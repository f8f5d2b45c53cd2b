import { createHmac, timingSafeEqual } from 'node:crypto';

/** Creates and checks the access tokens of orders, for buyers without an account. */
export class OrderAccess {
  readonly #secret: string;

  /** @param secret of the deployment. Changing it closes every link that was given out. */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /**
   * The same for the same order until its generation grows, so that a repeated checkout answers it again; base64url. The first
   * generation is 0.
   */
  tokenFor(tenantId: string, orderId: string, generation: number): string {
    const order = `order:${tenantId}:${orderId}`;
    return createHmac('sha256', this.#secret)
      .update(generation === 0 ? order : `${order}:${generation}`)
      .digest('base64url');
  }

  /** Whether the token opens the order. Takes as long for a wrong one as for the right one. */
  opens(token: string, tenantId: string, orderId: string, generation: number): boolean {
    const given = Buffer.from(token);
    const right = Buffer.from(this.tokenFor(tenantId, orderId, generation));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
