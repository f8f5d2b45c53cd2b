import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLocal } from '../http/local-request.ts';

/**
 * Whether a visitor may see secrets. The request must come from this machine, and contain the key that the terminal printed. The key
 * excludes other users of the machine, and tunnels that do not add proxy headers.
 * @param given the `key` in the URL. A value that is not a string is wrong.
 */
export function isOperator(request: IncomingMessage, given: unknown, key: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(key)) && isLocal(request);
}

/** A digest for `timingSafeEqual`, which requires inputs of equal length. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
