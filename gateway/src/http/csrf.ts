import type { IncomingHttpHeaders } from 'node:http';

/** What a page of another site can make a browser send without asking this server first (Fetch, "CORS-safelisted"). */
const SIMPLE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

/** Any of these makes a browser ask first. The names are those that Apollo's clients send. */
const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

/** Whether another site's page cannot have sent this without the server's leave. */
export function isPreflighted(headers: IncomingHttpHeaders): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return (type !== undefined && !SIMPLE_TYPES.has(type)) || PREFLIGHT_HEADERS.some((name) => headers[name]);
}
