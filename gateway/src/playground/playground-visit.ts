import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLocal } from '../http/local-request.ts';

/**
 * Whether a visit may see secrets: it comes from this machine, and has the key that whoever started the server read in the terminal.
 * The key keeps out other users of the machine, and tunnels that add no header.
 * @param given what the address says; texts alone count.
 */
export function isOperator(request: IncomingMessage, given: unknown, key: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(key)) && isLocal(request);
}

/** Of equal length for all texts, which `timingSafeEqual` needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
