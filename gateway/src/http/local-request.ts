import type { IncomingMessage } from 'node:http';
import { hostName, isLoopbackAddress } from '../identity/loopback.ts';

/** Headers that proxies add. One of them proves that the request comes from another machine. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Names of this machine. Another site's name may resolve to this machine (DNS rebinding), and its pages would read the answer. */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Fetch Metadata of the address bar, a link in a terminal or a page of this server. Tools other than browsers send none. */
const OWN_SITES = new Set([undefined, 'none', 'same-origin']);

/** Whether a request comes from this machine, not through a proxy that names itself, and not from a page of another site. */
export function isLocal({ socket, headers }: Pick<IncomingMessage, 'headers'> & { readonly socket: Peer }): boolean {
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  if (headers.host === undefined || !OWN_HOSTS.has(hostName(headers.host))) return false;
  if (!OWN_SITES.has(headers['sec-fetch-site'])) return false;
  return isLoopbackAddress(socket.remoteAddress ?? '');
}

interface Peer {
  /** Undefined when the connection is closed already. */
  readonly remoteAddress?: string | undefined;
}
