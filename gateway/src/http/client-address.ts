import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';

/** Whether the proxy at this address is believed what it says of whom it forwards for. */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** @throws TypeError when one of them is no address, network or known name. */
export function trustOf(proxies: readonly string[]): TrustsProxy {
  return proxyAddr.compile([...proxies]);
}

/** The address of who sends a request: the nearest in `X-Forwarded-For` that is no trusted proxy, else the connection's. */
export function clientAddress(request: IncomingMessage, trusts: TrustsProxy): string {
  // Null only when the connection is closed already.
  return proxyAddr(request, trusts) ?? '';
}
