import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Whether the `X-Forwarded-For` header of the proxy at this IP address is trusted. */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** @throws TypeError when an entry is not an IP address, a network or a known name such as `loopback` */
export function trustOf(proxies: readonly string[]): TrustsProxy {
  return proxies.length === 0 ? () => false : proxyAddr.compile([...proxies]);
}

/**
 * The IP address of the client that sent a request. It is the nearest entry of `X-Forwarded-For` that is not a trusted
 * proxy, otherwise the address of the connection. Ports and brackets are removed. When an entry is not an address, the
 * result is the address of the proxy that wrote the entry.
 * @returns an empty text when the connection is already closed
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

/** Removes ports, brackets and quotes: `203.0.113.9:1234`, `[2001:db8::1]:443`, `"[2001:db8::1]"` (RFC 7239, section 6). */
function addressIn(entry: string): string | null {
  const text = entry.trim().replaceAll('"', '');
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? null : address;
}
