import { once } from 'node:events';
import { createServer } from 'node:net';
import { listenFailure } from './start-problems.ts';

/** Checks that an address is free, before the slow steps of the start. @throws StartFailure */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw listenFailure(error, host, port);
  }
  server.close();
  await once(server, 'close');
}
