import type { FastifyInstance } from 'fastify';
import { PAGE_HEADERS, SECURITY_HEADERS } from '../http/security-headers.ts';
import { entityTag, hasAlready } from '../http/entity-tag.ts';
import { guidePage } from './guide-page.ts';
import { DOCUMENT_POLICY, GUIDE_PATH } from './document-page.ts';
import { PROBLEMS_PATH } from '../http/problem-codes.ts';
import { problemsPage } from './problems-page.ts';
import { addReferenceScript } from './reference-script.ts';
import { referencePage, referenceSettings, SCRIPTS } from './reference-page.ts';
import type { RestTable } from './rest-table.ts';

/** The documents of the API reference. */
export interface ApiReferenceOptions {
  /** An OpenAPI 3.1 document, as JSON. */
  readonly openapi: string;
  readonly table: RestTable;
  /** A guide in Markdown, shown at `/docs/guide`. It explains the resources and the order of requests. */
  readonly guide: string;
}

const FRESH = 'public, max-age=300';
const HTML = { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' };

/**
 * Only scripts of this server may run, and only requests to this server are allowed. Inline styles are allowed, because the API reference
 * writes styles into elements and attributes, which hashes cannot cover.
 */
const REFERENCE_POLICY = [
  SECURITY_HEADERS['content-security-policy'],
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
].join('; ');

/**
 * Serves `openapi.json` below the base path, the API reference at `/docs`, the guide, and the error codes at `/docs/problems`. The `type`
 * of a problem links to its code.
 */
export function addApiReference(app: FastifyInstance, { openapi, table, guide }: ApiReferenceOptions): void {
  const openapiUrl = `${table.basePath}/openapi.json`;
  addDocument(app, openapiUrl, openapi, {
    'content-type': 'application/json; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
  addDocument(app, '/docs', referencePage(), { ...HTML, 'content-security-policy': REFERENCE_POLICY });
  addDocument(app, SCRIPTS.settings, referenceSettings(openapiUrl), {
    'content-type': 'text/javascript; charset=utf-8',
  });
  addReferenceScript(app, SCRIPTS.reference);
  addDocument(app, PROBLEMS_PATH, problemsPage(table), { ...HTML, 'content-security-policy': DOCUMENT_POLICY });
  addDocument(app, GUIDE_PATH, guidePage(guide), { ...HTML, 'content-security-policy': DOCUMENT_POLICY });
}

function addDocument(app: FastifyInstance, url: string, text: string, headers: Readonly<Record<string, string>>): void {
  const etag = entityTag(text, null);
  app.get(url, async (request, reply) => {
    void reply.headers({ 'cache-control': FRESH, etag });
    if (hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.headers(headers).send(text);
  });
}
