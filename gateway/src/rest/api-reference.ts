import type { FastifyInstance } from 'fastify';
import { createHash } from 'node:crypto';
import { SECURITY_HEADERS } from '../http/security-headers.ts';
import { entityTag, hasAlready } from './entity-tag.ts';
import { REFERENCE_STYLE } from './reference-style.ts';
import { referencePage } from './reference-page.ts';
import type { RestTable } from './rest-table.ts';

/** What the reference is made of. */
export interface ApiReferenceOptions {
  /** An OpenAPI 3.1 document, as JSON. */
  readonly openapi: string;
  readonly table: RestTable;
}

const FRESH = 'public, max-age=300';

/** `openapi.json` below the base path, and `/docs`: the same for people, without a script and without a foreign address. */
export function addApiReference(app: FastifyInstance, { openapi, table }: ApiReferenceOptions): void {
  const page = referencePage(JSON.parse(openapi), table);
  const style = `style-src 'sha256-${createHash('sha256').update(REFERENCE_STYLE).digest('base64')}'`;
  const policy = `${SECURITY_HEADERS['content-security-policy']}; ${style}; img-src 'self'`;
  addDocument(app, `${table.basePath}/openapi.json`, openapi, {
    'content-type': 'application/json; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  addDocument(app, '/docs', page, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
}

function addDocument(app: FastifyInstance, url: string, text: string, headers: Readonly<Record<string, string>>): void {
  const etag = entityTag(text, null);
  app.get(url, async (request, reply) => {
    void reply.headers({ 'cache-control': FRESH, etag });
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.headers(headers).send(text);
  });
}
