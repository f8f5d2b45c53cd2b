import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis that a test has to itself. */
export interface TestRedis {
  readonly url: string;
  /** Ends it like a crash does: what it held is lost. */
  kill(): Promise<void>;
  /** After `kill`: on the same port, with nothing in it. */
  start(): Promise<void>;
  /** Holds it up (SIGSTOP): it takes connections and commands, and answers nothing. */
  freeze(): void;
  /** Ends `freeze`. */
  thaw(): void;
  /** For good. */
  stop(): Promise<void>;
}

/** Whether this machine has a Redis to start (Debian: `redis-server`). */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** Starts one on a free port, with nothing in it; it keeps nothing. @param settings more of its command line. */
export async function startRedis(settings: (port: number) => readonly string[] = () => []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-redis-'));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async () => {
    server = await launch(['--port', String(port), '--save', '', '--dir', folder, ...settings(port)]);
  };
  const kill = async () => {
    if (!server) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    server = undefined;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    async stop() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

async function launch(settings: readonly string[]): Promise<ChildProcess> {
  const server = spawn('redis-server', ['--bind', '127.0.0.1', ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('redis-server did not start')));
    server.stdout.on('data', (line: Buffer) => {
      if (/ready to accept connections/i.test(String(line))) resolve();
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
