import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream';

/** Returns a function that calls back after the reply was sent or its connection broke. */
export function afterAnswer({ raw }: FastifyReply): (work: () => void) => void {
  return (work) => void finished(raw, () => work());
}
