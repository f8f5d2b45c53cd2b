import { createHash } from 'node:crypto';

/**
 * SHA-256 of a step request, to recognize another request with the same id. The request may contain a payment token, so only its digest is
 * stored.
 */
export function fingerprintOf(...request: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

/** A deterministic id: the same name always results in the same UUID of version 8 (RFC 9562). */
export function idFrom(...name: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(name)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
