import { spawnSync } from 'node:child_process';
import { startTestServer, type TestServer } from './test-server.ts';

/** A NATS with JetStream that a test has to itself. What it has stored outlives `kill`. */
export interface TestNats extends TestServer {
  readonly url: string;
}

/** Whether this machine has a NATS server to start (Debian: `nats-server`). */
export const HAS_NATS = spawnSync('nats-server', ['--version']).status === 0;

/** Starts one on a free port, in a folder of its own. @param more arguments, for instance for TLS. */
export async function startNats(more: readonly string[] = []): Promise<TestNats> {
  const server = await startTestServer({
    program: 'nats-server',
    args: (port, folder) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...more],
    printsWhenReady: 'Server is ready',
  });
  return Object.assign(server, { url: `nats://127.0.0.1:${server.port}` });
}
