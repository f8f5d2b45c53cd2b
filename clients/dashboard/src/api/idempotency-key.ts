const BYTES = 16;

/** A key for one intent of the staff member: a repetition after a lost response has no second effect. */
export function newIdempotencyKey(): string {
  // `crypto.randomUUID` is missing on plain HTTP.
  return [...crypto.getRandomValues(new Uint8Array(BYTES))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
