import type { IncomingMessage } from 'node:http';
import type { HttpOptions } from './http-options.ts';
import { trustOf } from './client-address.ts';
import { allowsOrigin } from './origins.ts';

/** Whether a page of the request's origin may open a socket. */
export type AllowsOrigin = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => boolean;

/**
 * A CORS-like rule for sockets, because browsers do not apply CORS to them. Pages of this server's own origin and of the listed origins are
 * allowed. A program without an `Origin` header is not a browser, and is allowed. Behind a trusted proxy, `X-Forwarded-Host` determines the
 * server's own origin.
 */
export function originRule({
  corsOrigins,
  trustedProxies,
}: Pick<HttpOptions, 'corsOrigins' | 'trustedProxies'>): AllowsOrigin {
  const trusts = trustOf(trustedProxies);
  return ({ headers, socket }) => {
    const { origin, host } = headers;
    if (origin === undefined || allowsOrigin(corsOrigins, origin)) return true;
    const page = URL.canParse(origin) ? new URL(origin).host : null;
    if (page === null || page === '') return false; // `null`: a sandbox or a file
    const forwarded = trusts(socket.remoteAddress ?? '', 0) ? headers['x-forwarded-host'] : undefined;
    return [host, forwarded].some((own) => own !== undefined && hostOf(String(own), origin) === page);
  };
}

/** A host as `URL` writes it: in lower case, without the default port of the origin's scheme. */
function hostOf(host: string, origin: string): string | null {
  const url = `${new URL(origin).protocol}//${host.split(',')[0]?.trim()}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
