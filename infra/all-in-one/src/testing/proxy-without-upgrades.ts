import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP proxy that does not forward WebSockets, like older proxies in companies. */
export interface ProxyWithoutUpgrades {
  /** URL without a slash at the end. */
  readonly url: string;
  readonly refusedUpgrades: number;
  close(): Promise<void>;
}

/** Starts the proxy. @param target URL of the server without a slash at the end */
export async function openProxyWithoutUpgrades(target: string): Promise<ProxyWithoutUpgrades> {
  let refusedUpgrades = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const forwarded = request(`${target}${incoming.url}`, { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  server.on('upgrade', (_request, socket) => {
    refusedUpgrades += 1;
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // The server listens on a port, not on a Unix socket.
    get refusedUpgrades() {
      return refusedUpgrades;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
