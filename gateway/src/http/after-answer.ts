import type { FastifyReply } from 'fastify';
import { finished } from 'node:stream';

/** Calls back once a reply has left, or its connection has broken. */
export function afterAnswer({ raw }: FastifyReply): (work: () => void) => void {
  return (work) => void finished(raw, () => work());
}
