import { spawnSync } from 'node:child_process';
import { startTestServer, type TestServer } from '@souk/kit/testing';

/** A Redis for one test. `kill` loses its data. */
export interface TestRedis extends TestServer {
  readonly url: string;
  /** Stops the process (SIGSTOP). The kernel still accepts connections, but Redis does not answer. */
  freeze(): void;
  thaw(): void;
}

/** Whether Redis is installed on this machine (Debian package `redis-server`). */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/**
 * Starts an empty Redis without persistence on a free port.
 * @param settings further command-line arguments
 */
export async function startRedis(settings: (port: number) => readonly string[] = () => []): Promise<TestRedis> {
  const server = await startTestServer({
    program: 'redis-server',
    args: (port, folder) => {
      const listen = ['--bind', '127.0.0.1', '--port', String(port)];
      return [...listen, '--save', '', '--dir', folder, ...settings(port)];
    },
    printsWhenReady: 'eady to accept connections', // `Ready to`, or `The server is now ready to`
  });
  return Object.assign(server, {
    url: `redis://127.0.0.1:${server.port}`,
    freeze: () => void process.kill(server.pid, 'SIGSTOP'),
    thaw: () => void process.kill(server.pid, 'SIGCONT'),
  });
}
