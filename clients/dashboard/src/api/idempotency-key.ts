const BYTES = 16;

/**
 * Creates an idempotency key for one action of the staff member. A repetition with the same key, after a lost response, has no second
 * effect.
 */
export function newIdempotencyKey(): string {
  // `crypto.randomUUID` is missing on plain HTTP.
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
