import type { IncomingMessage } from 'node:http';
import { hostName, isLoopbackAddress } from '../identity/loopback.ts';

/** What proxies add; one of them is enough to know that somebody else asks. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** A name of another site may resolve to this machine (DNS rebinding), and its pages would read the answer. */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Fetch Metadata: the address bar, a link in a terminal, a page of ours; tools that are no browser send nothing. */
const OWN_SITES = new Set([undefined, 'none', 'same-origin']);

/** Whether a request comes from this machine itself: through no proxy that says so, and not from a page of another site. */
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
