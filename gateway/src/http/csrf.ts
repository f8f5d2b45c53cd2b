import type { IncomingHttpHeaders } from 'node:http';

/** Content types that a page of another site can send without a preflight request (Fetch, "CORS-safelisted"). */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** Headers of Apollo's clients. A page of another site cannot send them without a CORS preflight request. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** A media type that GraphQL clients accept. Browsers never request it by themselves. */
const GRAPHQL_TYPE = 'application/graphql-response+json';

/**
 * Whether a GraphQL client sent this GET or HEAD. Links, forms, images and scripts cannot set `Accept`. The `fetch` of
 * a foreign page can set it without a preflight request (Fetch, "no-CORS-safelisted request-header"), but the attack
 * gains nothing. A GET only runs queries, and the page cannot read the answer. Callers are identified by a header that
 * requires a preflight request, never by cookies. `Accept` is not sufficient for a POST, which may change data.
 */
export function isQueryOfClient(method: string, { accept }: IncomingHttpHeaders): boolean {
  const ranges = accept?.toLowerCase().split(',') ?? [];
  return method !== 'POST' && ranges.some((range) => range.split(';')[0]?.trim() === GRAPHQL_TYPE);
}

/** Whether a page of another site would have needed a CORS preflight request to send this request. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (type !== undefined && !SIMPLE_TYPES.has(type)) || PREFLIGHT_HEADERS.some((name) => headers[name]);
}
