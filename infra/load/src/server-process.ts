import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = new URL('../../../', import.meta.url).pathname;

/** A running server in a separate process. */
export interface ServerProcess {
  readonly base: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Runs a program of `infra/` to its end.
 * @param entry path of the compiled file, relative to `infra/`.
 * @param root root folder of the built repository that contains the program. @default the repository of the benchmark
 * @throws Error when the exit code is not 0.
 */
export async function runToEnd(
  entry: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  root = ROOT,
): Promise<void> {
  const child = start(join(root, 'infra', entry), args, variables);
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`infra/${entry} ended with exit code ${code}. Its output above says why.`);
}

/**
 * Starts a server, and waits until it is ready.
 * @param entry path of the compiled file, relative to `infra/`.
 * @param root root folder of the built repository that contains the server. @default the repository of the benchmark
 * @throws Error when the server ends before it is ready.
 */
export async function serve(
  entry: string,
  port: number,
  variables: Readonly<Record<string, string>>,
  root = ROOT,
): Promise<ServerProcess> {
  const base = `http://127.0.0.1:${port}`;
  const child = start(join(root, 'infra', entry), [], { ...variables, PORT: String(port) });
  const ended = exitOf(child);
  while (!(await isReady(base))) {
    if (child.exitCode !== null)
      throw new Error(
        `infra/${entry} ended with exit code ${child.exitCode} before it was ready. Its output above says why.`,
      );
    await sleep(100);
  }
  return {
    base,
    pid: child.pid ?? NaN,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function start(file: string, args: readonly string[], variables: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [file, ...args], {
    env: { ...inherited(), ...variables },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

async function isReady(base: string): Promise<boolean> {
  try {
    return (await fetch(`${base}/health/ready`)).ok;
  } catch {
    return false;
  }
}

/** The environment variable PATH of the measured servers. */
export const SERVER_PATH = `${process.execPath.replace(/\/[^/]+$/, '')}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

function inherited(): Record<string, string> {
  return { PATH: SERVER_PATH, NODE_ENV: 'production' };
}
