import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream';

/** Calls back after a reply was sent or its connection broke. */
export function afterAnswer({ raw }: FastifyReply): (work: () => void) => void {
  return (work) => void finished(raw, () => work());
}
