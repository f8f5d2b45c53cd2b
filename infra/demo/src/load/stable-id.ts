import { createHash } from 'node:crypto';

/** A UUID that follows from a name: loading again asks for the same payment, not for another one. */
export function stableId(name: string): string {
  const digest = createHash('sha256').update(`souk demo ${name}`).digest('hex');
  // Version and variant of RFC 9562, so that it reads as a UUID v4.
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
