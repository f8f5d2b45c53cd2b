import type { IncomingHttpHeaders } from 'node:http';

/** What a page of another site can make a browser send without asking this server first (Fetch, "CORS-safelisted"). */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** Any of these makes a browser ask first. The names are those that Apollo's clients send. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** What GraphQL clients accept. Browsers never send it by themselves. */
const GRAPHQL_TYPE = 'application/graphql-response+json';

/**
 * Whether a GraphQL client made this GET or HEAD. Links, forms, images and scripts cannot set `Accept`. A foreign page's `fetch` can,
 * without asking first (Fetch, "no-CORS-safelisted request-header"), and gains nothing: a GET runs queries only, the page cannot read
 * the answer, and the request carries no authority, because callers are known by a header that makes browsers ask first and never by
 * cookies. A POST may change something, so `Accept` proves nothing there.
 */
export function isQueryOfClient(method: string, { accept }: IncomingHttpHeaders): boolean {
  const ranges = accept?.toLowerCase().split(',') ?? [];
  return method !== 'POST' && ranges.some((range) => range.split(';')[0]?.trim() === GRAPHQL_TYPE);
}

/** Whether another site's page cannot have sent this without the server's leave. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (type !== undefined && !SIMPLE_TYPES.has(type)) || PREFLIGHT_HEADERS.some((name) => headers[name]);
}
