import Fastify, { type FastifyInstance } from 'fastify';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import Negotiator from 'negotiator';
import { entityTag, hasAlready } from '../http/entity-tag.ts';

interface ReferenceScript {
  readonly plain: Buffer;
  readonly brotli: Buffer;
  readonly etag: string;
}

const LONG = 'public, max-age=86400';

/** Serves Scalar's script. The script has several megabytes, so it is read at the first request. */
export function addReferenceScript(app: FastifyInstance, url: string): void {
  let reading: Promise<ReferenceScript> | undefined;
  app.get(url, async (request, reply) => {
    const { plain, brotli, etag } = await (reading ??= readScript());
    void reply.headers({ 'cache-control': LONG, etag, vary: 'Accept-Encoding' });
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    void reply.type('text/javascript; charset=utf-8');
    const takesBrotli = new Negotiator(request.raw).encoding(['br', 'identity']) === 'br';
    return takesBrotli ? reply.header('content-encoding', 'br').send(brotli) : reply.send(plain);
  });
}

async function readScript(): Promise<ReferenceScript> {
  const text = await scalarScript();
  const plain = Buffer.from(text);
  // Quality 5 compresses the script in a tenth of a second. The best quality takes ten seconds.
  const brotli = await promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return { plain, brotli, etag: entityTag(text, null) };
}

/**
 * Reads the script from the package's files. The package's Fastify plugin is not used, because its page has inline scripts, which the
 * content security policy forbids.
 */
async function scalarScript(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const app = Fastify();
  await app.register(scalar, { routePrefix: '/scalar', configuration: { url: '/' } });
  const { statusCode, body } = await app.inject('/scalar/js/scalar.js');
  await app.close();
  if (statusCode !== 200)
    throw new Error('@scalar/fastify-api-reference has no script at js/scalar.js: pin another version');
  return body;
}
