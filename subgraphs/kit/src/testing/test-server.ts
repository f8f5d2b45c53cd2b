import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@souk/platform/embedded-postgres';

/** A program that serves on a port of 127.0.0.1, and that a test has to itself. */
export interface TestServer {
  readonly port: number;
  /** For signals. @throws Error while it is down. */
  readonly pid: number;
  /** Ends it like a crash does. */
  kill(): Promise<void>;
  /** After `kill`: on the same port, in the same folder. */
  start(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

/** How a program is started, and what it prints when it serves. */
export interface TestServerOptions {
  readonly program: string;
  readonly args: (port: number, folder: string) => readonly string[];
  readonly printsWhenReady: string;
}

/** Starts it on a free port, with a folder of its own, which goes with it. */
export async function startTestServer({ program, args, printsWhenReady }: TestServerOptions): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), `souk-${program}-`));
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
      if (!server?.pid) throw new Error(`${program} is down`);
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
