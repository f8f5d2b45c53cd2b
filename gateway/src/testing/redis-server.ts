import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis that a test has to itself. */
export interface TestRedis {
  /** For ioredis: the path of its socket. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Whether this machine has a Redis to start (Debian: `redis-server`). */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** Starts one on a socket of its own, with nothing in it; it keeps nothing. */
export async function startRedis(): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-redis-'));
  const url = join(folder, 'redis.sock');
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', url, '--save', '', '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('redis-server did not start')));
    server.stdout.on('data', (line: Buffer) => {
      if (line.includes('ready to accept connections')) resolve();
    });
  });
  return {
    url,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
