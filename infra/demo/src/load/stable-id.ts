import { createHash } from 'node:crypto';

/** Derives a UUID from a name. A repeated load gets the same ids, and does not create duplicates. */
export function stableId(name: string): string {
  const digest = createHash('sha256').update(`souk demo ${name}`).digest('hex');
  // The version bits and variant bits of RFC 9562 make the digest a valid UUID v4.
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
