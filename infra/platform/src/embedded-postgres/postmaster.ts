import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { HERE } from './data-directory.ts';
import { diskFull, EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { isAlive, untilEnded, workingDirectory } from './processes.ts';
import type { RunAs } from './run-as.ts';

const FAST_SHUTDOWN_MS = 15_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/** The binaries, the data, the port and the log file of a Postgres. */
export interface PostmasterOptions {
  readonly binaries: Binaries;
  readonly user: RunAs;
  readonly dataDirectory: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  /** The file to which Postgres appends its log. */
  readonly logFile: string;
}

/**
 * Stops a Postgres that still runs after its owner process has ended. A new Postgres could not start on the same data.
 * @returns whether such a Postgres was running
 */
export async function stopOrphan(dataDirectory: string): Promise<boolean> {
  const pid = Number(readLockFile(dataDirectory)[0]);
  if (!pid) return false;
  // The lock file contains a process id. After a reboot, another process may have this id.
  if (workingDirectory(pid) !== realpathSync(dataDirectory)) {
    // Postgres removes a stale lock file itself only when no process of the same user has the process id in the file. Even a zombie with
    // this id would prevent its start.
    rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
    return false;
  }
  await stopPostmaster(pid);
  return true;
}

const SHUTDOWNS = {
  fast: ['SIGINT', FAST_SHUTDOWN_MS],
  immediate: ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
} as const;

/**
 * Stops a Postgres. Open connections are closed, and committed data is kept. An immediate shutdown does not write a checkpoint. A fast
 * shutdown that takes too long becomes an immediate shutdown.
 * @throws EmbeddedPostgresError when the process does not end
 */
export async function stopPostmaster(pid: number, shutdown: keyof typeof SHUTDOWNS = 'fast'): Promise<void> {
  const attempts = shutdown === 'fast' ? [SHUTDOWNS.fast, SHUTDOWNS.immediate] : [SHUTDOWNS.immediate];
  for (const [signal, patienceMs] of attempts) {
    if (isAlive(pid)) process.kill(pid, signal);
    if (await untilEnded(pid, patienceMs)) return;
  }
  throw new EmbeddedPostgresError('START_FAILED', `Postgres ${pid} does not stop`, `End it with \`kill -9 ${pid}\``);
}

/** Starts Postgres and resolves when it accepts connections. @throws EmbeddedPostgresError */
export async function startPostmaster(options: PostmasterOptions): Promise<ChildProcess> {
  const { binaries, user, dataDirectory, logFile } = options;
  const log = openSync(logFile, 'a', 0o600);
  const logStart = statSync(logFile).size;
  try {
    const server = spawn(join(binaries.directory, 'postgres'), postgresArguments(options), {
      ...user,
      cwd: dataDirectory,
      stdio: ['ignore', log, log],
      // Postgres gets its own process group, so Ctrl-C does not reach it. This process needs the database for its own shutdown.
      detached: true,
    });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()).once('error', () => resolve()));
    const ready = await Promise.race([untilReady(server, dataDirectory), ended.then(() => false)]);
    if (!ready) throw startProblem(readFileSync(logFile, 'utf8').slice(logStart), options);
    server.unref();
    return server;
  } finally {
    closeSync(log);
  }
}

const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  // Statements and values can be long, because clients choose them. The log therefore contains errors without statement and values.
  log_min_error_statement: 'panic',
  log_parameter_max_length: '1024',
  log_parameter_max_length_on_error: '0',
};

function postgresArguments({ port, settings }: PostmasterOptions): string[] {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  const given = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', HERE, '-p', String(port), ...given];
}

/** The values of line 8 of postmaster.pid with which Postgres accepts connections. `standby` is a server in recovery. */
const ACCEPTS = new Set(['ready', 'standby']);

async function untilReady(server: ChildProcess, dataDirectory: string): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const lines = readLockFile(dataDirectory);
    if (Number(lines[0]) === server.pid && ACCEPTS.has(lines[7]?.trim() ?? '')) return true;
    await sleep(5);
  }
  return false;
}

function readLockFile(dataDirectory: string): string[] {
  try {
    return readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return []; // not written yet, or not running
  }
}

function startProblem(log: string, { dataDirectory, port, logFile }: PostmasterOptions): EmbeddedPostgresError {
  if (/No space left on device|Disk quota exceeded/.test(log)) return diskFull(dataDirectory);
  if (/could not bind|Address already in use/.test(log))
    return new EmbeddedPostgresError(
      'PORT_IN_USE',
      `Port ${port} of 127.0.0.1 is in use`,
      'Set another port for Postgres, or no port to use a free one',
    );
  const reason = log.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? log.trim().split('\n').at(-1);
  return new EmbeddedPostgresError(
    'START_FAILED',
    `Postgres did not start: ${reason || 'its log is empty'}`,
    `Read its log, ${logFile}`,
  );
}
