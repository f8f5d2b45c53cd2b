const BYTES = 16;

/**
 * Creates an idempotency key for one action of the staff member. When a response is lost, the retry with the same key
 * has no second effect.
 */
export function newIdempotencyKey(): string {
  // `crypto.randomUUID` is absent on pages without TLS.
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
