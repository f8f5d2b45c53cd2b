import type { IncomingMessage } from 'node:http';
import { hostName, isLoopbackAddress } from '../identity/loopback.ts';

/** Headers that proxies add. Each of them shows that the request comes from another machine. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/**
 * Names of this machine. A page of another site could read the answer by a name of its own that resolves to this machine (DNS rebinding).
 */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Values of `Sec-Fetch-Site` for the address bar, a link in a terminal, and a page of this server. Tools other than browsers send no value.
 */
const OWN_SITES = new Set([undefined, 'none', 'same-origin']);

/**
 * Whether a request comes from this machine. A request through a proxy that names itself does not, and neither does a request from a page
 * of another site.
 */
export function isLocal({ socket, headers }: Pick<IncomingMessage, 'headers'> & { readonly socket: Peer }): boolean {
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  if (headers.host === undefined || !OWN_HOSTS.has(hostName(headers.host))) return false;
  if (!OWN_SITES.has(headers['sec-fetch-site'])) return false;
  return isLoopbackAddress(socket.remoteAddress ?? '');
}

interface Peer {
  /** Undefined when the connection is already closed. */
  readonly remoteAddress?: string | undefined;
}
