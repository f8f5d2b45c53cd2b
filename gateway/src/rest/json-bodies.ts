import { errorCodes, type FastifyInstance } from 'fastify';
import { jsonParser } from '../http/json-parser.ts';

/** Accepts bodies of every type as text, unchanged. */
export function addRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, String(body)));
}

/** Accepts JSON bodies, and bodies of every other type as a stream of bytes. */
export function addFileBodies(app: FastifyInstance): void {
  const parse = jsonParser(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    void parse(request, String(body), done);
  });
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** Accepts JSON bodies, and requests without a body. Any other type is a 415. */
export function addJsonBodies(app: FastifyInstance): void {
  const parse = jsonParser(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, String(body), done);
  });
  // Some clients send a content type with a DELETE that has no body.
  app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(request.headers['content-type']));
  });
}
