import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLocal } from '../http/local-request.ts';

/**
 * Whether a visit may see secrets: it comes from this machine, and has the key that the terminal showed to the operator.
 * The key keeps out other users of the machine, and tunnels that add no header.
 * @param given the `key` of the address; only text counts.
 */
export function isOperator(request: IncomingMessage, given: unknown, key: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(key)) && isLocal(request);
}

/** `timingSafeEqual` compares texts of equal length only; digests have it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
