import { contentTypeOf, isKey, OBJECTS_PATH, type LinkQuery, type Objects } from '@souk/kit/objects';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';

type ObjectRequest = { Params: { '*': string }; Querystring: LinkQuery };

const YEAR_S = 365 * 24 * 60 * 60;
const UPLOADS_ENDED = 'The upload was completed, or its object was deleted. Request a new link for another upload.';
/** Pages of other sites may embed an object. Objects cannot run scripts, because an uploaded SVG could otherwise attack this site. */
const HEADERS = {
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'x-content-type-options': 'nosniff',
} as const;

/**
 * Serves `/objects/*`. Signed links read objects. Signed uploads write objects, when the store has no server of its own. A wrong or expired
 * link gets 403 before the store is read. An upload of
 * the wrong size gets 400, 411 or 413, and an upload that has ended gets 410.
 */
export function addObjectRoutes(app: FastifyInstance, objects: Objects): void {
  void app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    routes.get<ObjectRequest>(`${OBJECTS_PATH}*`, ({ params, query }, reply) =>
      read(objects, params['*'], query, reply),
    );
    if (!objects.acceptsUploads) return;
    routes.put<ObjectRequest>(`${OBJECTS_PATH}*`, async ({ params, query, headers, body }, reply) => {
      const key = params['*'];
      const size = Number(query['size']);
      const link = isKey(key) && (await objects.links.verified('PUT', key, query));
      if (!link) return refuse(reply);
      const wrong = wrongSize(headers['content-length'], size);
      if (wrong) return refuse(reply, wrong.status, wrong.message);
      if (await objects.links.areUploadsEnded(key)) return refuse(reply, 410, UPLOADS_ENDED);
      await objects.store.put(key, size === 0 ? new Uint8Array() : { stream: body as Readable, size }); // the parser passes streams
      return reply.code(200).send();
    });
  });
}

/** The refusal of an upload whose `Content-Length` is not the size of its link. Null when both are equal. */
function wrongSize(sent: string | undefined, expected: number): { status: 400 | 411 | 413; message: string } | null {
  const announced = `The link accepts exactly ${expected} bytes.`;
  if (sent === undefined)
    return { status: 411, message: `${announced} Send the size of the content as Content-Length.` };
  if (Number(sent) === expected) return null;
  const message = `${announced} The content has ${sent}. Request a new link for this size.`;
  return { status: Number(sent) > expected ? 413 : 400, message };
}

async function read({ store, links }: Objects, key: string, query: LinkQuery, reply: FastifyReply) {
  const link = isKey(key) && (await links.verified('GET', key, query));
  if (!link) return refuse(reply);
  const found = await store.get(key);
  if (!found) return reply.callNotFound();
  const { expiresAt, fileName } = link;
  const type = contentTypeOf(key);
  const isShown = fileName === null && type !== 'application/octet-stream';
  const disposition = isShown ? 'inline' : `attachment; filename*=UTF-8''${encodeURIComponent(fileName ?? 'file')}`;
  return reply
    .headers(HEADERS)
    .header('cache-control', expiresAt ? 'private, no-store' : `public, max-age=${YEAR_S}, immutable`)
    .header('content-disposition', disposition)
    .header('content-length', found.size)
    .type(type)
    .send(found.body);
}

function refuse(reply: FastifyReply, status = 403, message = 'The link is not valid or has expired.') {
  return reply.code(status).header('cache-control', 'no-store').type('text/plain').send(message);
}
