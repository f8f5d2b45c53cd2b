import type { FastifyReply } from 'fastify';
import { valueAt } from './links.ts';

/** Sends the file in the data of a route. The name is for the browser's dialog, so all but plain characters become hyphens. */
export function sendFile(reply: FastifyReply, mediaType: string, data: unknown): FastifyReply {
  const name = String(valueAt(data, ['name'])).replaceAll(/[^A-Za-z0-9._-]/g, '-');
  const bytes = Buffer.from(String(valueAt(data, ['content'])), 'base64');
  return reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(mediaType)
    .send(bytes);
}
