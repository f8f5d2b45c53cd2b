import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a text is the MAC of a payload. The comparison takes constant time. */
export function isMac(
  given: string,
  payload: string,
  { algorithm, secret, encoding }: { algorithm: 'sha256' | 'sha512'; secret: string; encoding: 'hex' | 'base64' },
): boolean {
  return isSameText(given, createHmac(algorithm, secret).update(payload).digest(encoding));
}

/** Compares two secrets in constant time. */
export function isSameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
