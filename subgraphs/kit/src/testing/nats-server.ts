import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A NATS with JetStream that a test has to itself. */
export interface TestNats {
  readonly url: string;
  /** For signals. @throws Error while it is down. */
  readonly pid: number;
  /** Ends it like a crash does; what it has stored is kept. */
  kill(): Promise<void>;
  /** After `kill`: on the same port, with what it had stored. */
  start(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

/** Whether this machine has a NATS server to start (Debian: `nats-server`). */
export const HAS_NATS = spawnSync('nats-server', ['--version']).status === 0;

/** Starts one on a free port, in a folder of its own. @param more arguments, for instance for TLS. */
export async function startNats(more: readonly string[] = []): Promise<TestNats> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-nats-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const kill = async () => {
    if (!server) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    server = undefined;
  };
  const start = async () => {
    server = await launch(port, folder, more);
  };
  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    get pid() {
      if (!server?.pid) throw new Error('nats-server is down');
      return server.pid;
    },
    kill,
    start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function launch(port: number, folder: string, more: readonly string[]): Promise<ChildProcess> {
  const server = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', folder, ...more], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('nats-server did not start')));
    server.stderr.on('data', (lines: Buffer) => {
      if (lines.includes('Server is ready')) resolve();
    });
  });
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
