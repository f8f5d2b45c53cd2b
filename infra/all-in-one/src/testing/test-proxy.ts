import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy between a client and a server. A test can cut its connections. */
export interface TestProxy {
  readonly port: number;
  readonly connections: number;
  /** Cuts all connections, even while a message is being sent. */
  cut(): void;
  /** Connects later clients to this port. */
  redirect(port: number): void;
  close(): Promise<void>;
}

/** Starts the proxy. @param target port of the server on this machine */
export async function openTestProxy(target: number): Promise<TestProxy> {
  const ends = new Set<Socket>();
  let connections = 0;
  let to = target;
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(to, '127.0.0.1');
    for (const [end, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => ends.forEach((end) => end.destroy());
  return {
    port: (server.address() as AddressInfo).port, // The server listens on a port, not on a Unix socket.
    get connections() {
      return connections;
    },
    cut,
    redirect: (port) => void (to = port),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.on('connection', (late) => late.destroy());
      cut();
      await closed;
    },
  };
}
