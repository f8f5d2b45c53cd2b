import { createHmac, timingSafeEqual } from 'node:crypto';

/** Creates and checks the access tokens with which guests open their orders. */
export class OrderAccess {
  readonly #secret: string | null;

  /**
   * @param secret the HMAC key of the deployment. A new key invalidates all issued tokens. Null in a worker process, which issues no
   * tokens.
   */
  constructor(secret: string | null) {
    this.#secret = secret;
  }

  /**
   * Computes the access token of an order (base64url). The same order and generation always have the same token, so a repeated checkout
   * returns the same token.
   * @param generation the number of times that the tokens of the order were replaced, from 0. A new generation invalidates earlier tokens
   * @throws Error in a process without the secret
   */
  tokenFor(tenantId: string, orderId: string, generation: number): string {
    if (this.#secret === null) throw new Error('This process has no secret for access tokens: call it in a server');
    const order = `order:${tenantId}:${orderId}`;
    return createHmac('sha256', this.#secret)
      .update(generation === 0 ? order : `${order}:${generation}`)
      .digest('base64url');
  }

  /** Whether the token is valid for the order and generation. The comparison takes constant time. */
  opens(token: string, tenantId: string, orderId: string, generation: number): boolean {
    const given = Buffer.from(token);
    const right = Buffer.from(this.tokenFor(tenantId, orderId, generation));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
