import type { FastifyReply } from 'fastify';
import { RATE_HEADERS } from '../limits/rates/rate-refusal.ts';

/** Sends the headers of an answer that shared caches may store. Removes the rate-limit headers, because they concern one caller. */
export function sendPublicHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  for (const name of RATE_HEADERS) reply.removeHeader(name);
  void reply.headers(headers);
}
