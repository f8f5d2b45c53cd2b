import { createHmac, timingSafeEqual } from 'node:crypto';

/** Creates and checks the access tokens of orders, for buyers without an account. */
export class OrderAccess {
  readonly #secret: string;

  /** @param secret of the deployment; a new secret invalidates every issued link */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /**
   * Computes the access token of an order, base64url. The token is equal for the same order and generation, so a repeated checkout returns it
   * again. The first generation is 0.
   */
  tokenFor(tenantId: string, orderId: string, generation: number): string {
    const order = `order:${tenantId}:${orderId}`;
    return createHmac('sha256', this.#secret)
      .update(generation === 0 ? order : `${order}:${generation}`)
      .digest('base64url');
  }

  /** Whether the token opens the order. Compares in constant time. */
  opens(token: string, tenantId: string, orderId: string, generation: number): boolean {
    const given = Buffer.from(token);
    const right = Buffer.from(this.tokenFor(tenantId, orderId, generation));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
