import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Whether the proxy at this address is believed what it says of whom it forwards for. */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** @throws TypeError when one of them is no address, network or known name. */
export function trustOf(proxies: readonly string[]): TrustsProxy {
  return proxies.length === 0 ? () => false : proxyAddr.compile([...proxies]);
}

/**
 * The address of the client that sends a request: the nearest in `X-Forwarded-For` that is no trusted proxy, else the connection's.
 * Proxies write addresses with ports and in brackets; each is read without them. Where an entry is no address, the proxy that wrote
 * the entry is the last address that can be trusted, and counts.
 * Empty when the connection is closed already.
 */
export function clientAddress(
  {
    socket,
    headers,
  }: Pick<IncomingMessage, 'headers'> & { readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'> },
  trusts: TrustsProxy,
): string {
  let nearest = socket.remoteAddress ?? '';
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  for (const [hop, entry] of forwarded.toReversed().entries()) {
    if (!trusts(nearest, hop)) return nearest;
    const address = addressIn(entry);
    if (address === null) return nearest;
    nearest = address;
  }
  return nearest;
}

/** `203.0.113.9:1234`, `[2001:db8::1]:443` and `"[2001:db8::1]"` (RFC 7239, section 6) without ports, brackets and quotes. */
function addressIn(entry: string): string | null {
  const text = entry.trim().replaceAll('"', '');
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? null : address;
}
