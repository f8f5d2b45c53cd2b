import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { freePort } from '@souk/platform/embedded-postgres';

/** A server process on a port of 127.0.0.1, started for one test. */
export interface TestServer {
  readonly port: number;
  /** Process id, for signals. @throws Error while the process is down */
  readonly pid: number;
  /** Ends the process as a crash does. */
  kill(): Promise<void>;
  /** Restarts the process after `kill`, on the same port and in the same folder. */
  start(): Promise<void>;
  /** Stops the process and deletes its folder. */
  stop(): Promise<void>;
}

/** The command that starts a program, and the line that the program prints when it serves. */
export interface TestServerOptions {
  readonly program: string;
  readonly args: (port: number, folder: string) => readonly string[];
  readonly printsWhenReady: string;
}

/** Starts a program on a free port with its own folder. `stop` deletes the folder. */
export async function startTestServer({ program, args, printsWhenReady }: TestServerOptions): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), `souk-${basename(program)}-`));
  const port = await freePort();
  let server: ChildProcess | undefined;
  const start = async () => {
    server = await launch(program, args(port, folder), printsWhenReady);
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
    port,
    get pid() {
      if (!server?.pid) throw new Error(`${program} is down. Call start() first`);
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

async function launch(program: string, args: readonly string[], printsWhenReady: string): Promise<ChildProcess> {
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`${program} did not start`)));
    for (const output of [server.stdout, server.stderr]) {
      output.on('data', (lines: Buffer) => {
        if (lines.includes(printsWhenReady)) resolve();
      });
    }
  });
  return server;
}
