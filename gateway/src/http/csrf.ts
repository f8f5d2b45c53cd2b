import type { IncomingHttpHeaders } from 'node:http';

/** Content types that a page of another site can send without a preflight request (Fetch, "CORS-safelisted"). */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** A page of another site cannot send one of these headers without a preflight request. Apollo's clients send them. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** A type that GraphQL clients accept. Browsers never send it by themselves. */
const GRAPHQL_TYPE = 'application/graphql-response+json';

/**
 * Whether a GraphQL client sent this GET or HEAD. Links, forms, images and scripts cannot set `Accept`. A foreign page's `fetch` can set
 * `Accept` without a preflight request (Fetch, "no-CORS-safelisted request-header"), but the page gains nothing: a GET runs queries only,
 * and the page cannot read the answer. The request has no authority either: callers are identified by a header that causes a preflight
 * request, never by cookies. A POST may change data, so `Accept` proves nothing for a POST.
 */
export function isQueryOfClient(method: string, { accept }: IncomingHttpHeaders): boolean {
  const ranges = accept?.toLowerCase().split(',') ?? [];
  return method !== 'POST' && ranges.some((range) => range.split(';')[0]?.trim() === GRAPHQL_TYPE);
}

/** Whether another site's page cannot have sent this request without a preflight request. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (type !== undefined && !SIMPLE_TYPES.has(type)) || PREFLIGHT_HEADERS.some((name) => headers[name]);
}
