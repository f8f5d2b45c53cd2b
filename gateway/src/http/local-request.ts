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
 * Accepted `Host` names. Without this check a page of another site could reach this server under a domain that resolves to 127.0.0.1 (DNS
 * rebinding).
 */
const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Accepted values of `Sec-Fetch-Site`: `none` for the address bar and links in a terminal, `same-origin` for pages of this server. Programs
 * other than browsers do not send the header.
 */
const OWN_SITES = new Set([undefined, 'none', 'same-origin']);

/** Whether a request comes from this machine. False for a request with a proxy's headers, and for a request from a page of another site. */
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
