import { spawnSync } from 'node:child_process';
import { startTestServer, type TestServer } from './test-server.ts';

/** A NATS server with JetStream for one test. The stored data survives `kill`. */
export interface TestNats extends TestServer {
  readonly url: string;
}

/** Whether this machine has a NATS server (Debian package `nats-server`). */
export const HAS_NATS = spawnSync('nats-server', ['--version']).status === 0;

/** Starts a server on a free port with its own folder. @param more further arguments of the server, for instance for TLS */
export async function startNats(more: readonly string[] = []): Promise<TestNats> {
  const server = await startTestServer({
    program: 'nats-server',
    args: (port, folder) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...more],
    printsWhenReady: 'Server is ready',
  });
  return Object.assign(server, { url: `nats://127.0.0.1:${server.port}` });
}
