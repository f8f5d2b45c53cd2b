import type { FastifyReply } from 'fastify';
import { RATE_HEADERS } from '../limits/rates/rate-refusal.ts';

/** The headers of an answer that caches may hand to others: without what is left of its first caller's rate. */
export function sendPublicHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  for (const name of RATE_HEADERS) reply.removeHeader(name);
  void reply.headers(headers);
}
