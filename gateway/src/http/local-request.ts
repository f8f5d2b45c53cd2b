import type { IncomingMessage } from 'node:http';

/** What proxies add; one of them is enough to know that somebody else asks. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Whether a request comes from this machine itself, and through no proxy that says so. */
export function isLocal({ socket, headers }: Pick<IncomingMessage, 'headers'> & { readonly socket: Peer }): boolean {
  if (FORWARDING_HEADERS.some((name) => headers[name] !== undefined)) return false;
  return isLoopback(socket.remoteAddress ?? '');
}

interface Peer {
  /** Undefined when the connection is closed already. */
  readonly remoteAddress?: string | undefined;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);
}
