import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that runs on cores of its own. */
export interface PinnedProcess {
  readonly child: ChildProcess;
  /** Of it and its children, since they began, in milliseconds. */
  cpuMs(): number;
  /** Of it and its children, in MiB. */
  rssMiB(): number;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/** How to start one. */
export interface PinnedCommand {
  readonly cores: string;
  /** For this Node: its own options, the file, the file's arguments. */
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether it talks with this process by messages. */
  readonly ipc?: boolean;
}

/** Linux counts processor time in hundredths of a second, whatever the kernel's own tick is (`man 5 proc`, USER_HZ). */
const TICK_MS = 10;
const PAGE_KIB = 4;

/** Lets this process, with all its threads, run on these cores alone. @throws Error where there is no taskset */
export function pinSelf(cores: string): void {
  const { status, error } = spawnSync('taskset', ['-acp', cores, String(process.pid)], { stdio: 'ignore' });
  if (error || status !== 0)
    throw new Error('the benchmark needs `taskset` (Debian: util-linux) and two cores, on Linux');
}

/** Starts a Node program in production mode on its cores. */
export function startPinned({ cores, args, environment = {}, cwd, ipc = false }: PinnedCommand): PinnedProcess {
  const path = `${process.execPath.replace(/\/[^/]+$/, '')}:/usr/local/bin:/usr/bin:/bin`;
  const child = spawn('taskset', ['-c', cores, process.execPath, ...args], {
    env: { PATH: path, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
    ...(cwd !== undefined && { cwd }),
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    cpuMs: () => sumOver(child, ({ cpuMs }) => cpuMs),
    rssMiB: () => sumOver(child, ({ rssMiB }) => rssMiB),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Waits until the server answers a GET of `url` with success. @throws Error when it ends before that */
export async function whenReady(name: string, { child }: PinnedProcess, url: string): Promise<void> {
  while (!(await succeeds(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it served`);
    await sleep(100);
  }
}

async function succeeds(url: string): Promise<boolean> {
  try {
    // A GraphQL server takes a GET only when it cannot come from another site's page.
    return (await fetch(url, { headers: { 'content-type': 'application/json' } })).ok;
  } catch {
    return false;
  }
}

/** What `/proc/PID/stat` says (`man 5 proc`). */
export interface ProcessUsage {
  /** With that of its children that have ended: a Postgres without it would be charged less with each connection that closes. */
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Reads a line of `/proc/PID/stat`. The program's name, in parentheses, may hold spaces and parentheses itself. */
export function parseProcessStat(line: string): ProcessUsage {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // Numbered from the state, field 3 of the manual: utime is 14, stime 15, of ended children 16 and 17, rss 24.
  const at = (field: number) => Number(fields[field - 3]);
  return { cpuMs: (at(14) + at(15) + at(16) + at(17)) * TICK_MS, rssMiB: (at(24) * PAGE_KIB) / 1024 };
}

function sumOver({ pid }: ChildProcess, pick: (usage: ProcessUsage) => number): number {
  return pid === undefined ? NaN : sumOverTree(pid, pick);
}

/** Of a process and its descendants. */
export function sumOverTree(root: number, pick: (usage: ProcessUsage) => number): number {
  return processTree(root).reduce((sum, pid) => sum + pick(usageOf(pid)), 0);
}

const GONE: ProcessUsage = { cpuMs: 0, rssMiB: 0 };

function usageOf(pid: number): ProcessUsage {
  return unlessGone(() => parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8')), GONE);
}

/** A process may end between being listed and being read. */
function unlessGone<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** The process and all that descend from it. */
function processTree(pid: number): readonly number[] {
  const tasks = unlessGone(() => readdirSync(`/proc/${pid}/task`), []);
  const children = tasks.flatMap((task) =>
    unlessGone(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'), '')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}
