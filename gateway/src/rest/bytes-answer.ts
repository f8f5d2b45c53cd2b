import type { FastifyReply } from 'fastify';
import { acceptsJson } from '../http/accept.ts';
import { offered, preferredType } from '../http/media-type.ts';
import { valueAt } from './links.ts';

/** Whether a client accepts the file's media type. JSON counts too, because problems are JSON. */
export function acceptsBytes(accept: string | undefined, mediaType: string): boolean {
  return acceptsJson(accept) || preferredType(accept, offered([mediaType])) !== null;
}

/**
 * Sends the file in a route's data. When the user saves the file, the browser suggests its name, in which unusual
 * characters become hyphens.
 */
export function sendBytes(reply: FastifyReply, mediaType: string, data: unknown): FastifyReply {
  const name = String(valueAt(data, ['name'])).replaceAll(/[^A-Za-z0-9._-]/g, '-');
  const bytes = Buffer.from(String(valueAt(data, ['content'])), 'base64');
  return reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .type(mediaType)
    .send(bytes);
}
