import { spawnSync } from 'node:child_process';
import { startTestServer, type TestServer } from '@souk/kit/testing';

/** A Redis that a test has to itself. What it held is lost with `kill`. */
export interface TestRedis extends TestServer {
  readonly url: string;
  /** Holds it up (SIGSTOP): it takes connections and commands, and answers nothing. */
  freeze(): void;
  /** Ends `freeze`. */
  thaw(): void;
}

/** Whether this machine has a Redis to start (Debian: `redis-server`). */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** Starts one on a free port, with nothing in it; it keeps nothing. @param settings more of its command line. */
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
