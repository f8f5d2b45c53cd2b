import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running program that is pinned to some CPU cores. */
export interface PinnedProcess {
  readonly child: ChildProcess;
  /** CPU time of the program and its child processes since their start, in milliseconds. */
  cpuMs(): number;
  /** Resident memory of the program and its child processes, in MiB. */
  rssMiB(): number;
  /** Sends SIGTERM, and waits until the program has ended. */
  stop(): Promise<void>;
}

/** A Node program and the CPU cores that it may use. */
export interface PinnedCommand {
  /** The cores in the syntax of `taskset`: `0` or `1-3`. */
  readonly cores: string;
  /** Node's arguments: its options, the file, then the file's own arguments. */
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether to open an IPC channel to the program. @default false */
  readonly ipc?: boolean;
}

/** The unit of CPU time in /proc: a hundredth of a second, independent of the kernel's tick (`man 5 proc`, USER_HZ). */
const TICK_MS = 10;
const PAGE_KIB = 4;

/** Pins this process and all its threads to `cores`. @throws Error when `taskset` or one of the cores does not exist */
export function pinSelf(cores: string): void {
  const { status, error } = spawnSync('taskset', ['-acp', cores, String(process.pid)], { stdio: 'ignore' });
  if (error || status !== 0)
    throw new Error('The benchmark needs Linux, two cores and `taskset`. Install the Debian package util-linux.');
}

/** Starts a Node program with `NODE_ENV=production`, pinned to its cores. */
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

/** Waits until a GET of `url` succeeds. @throws Error when the program ends first */
export async function whenReady(name: string, { child }: PinnedProcess, url: string): Promise<void> {
  while (!(await succeeds(url))) {
    if (child.exitCode !== null)
      throw new Error(`${name} ended with exit code ${child.exitCode} before it was ready. Its output above says why.`);
    await sleep(100);
  }
}

async function succeeds(url: string): Promise<boolean> {
  try {
    // GraphQL servers refuse a GET that a browser could send cross-origin (CSRF). The content type JSON avoids this
    // refusal.
    return (await fetch(url, { headers: { 'content-type': 'application/json' } })).ok;
  } catch {
    return false;
  }
}

/** CPU time and memory from `/proc/PID/stat` (`man 5 proc`). */
export interface ProcessUsage {
  /**
   * CPU time of the process and of its ended children. Postgres ends a child process for each closed connection, whose
   * time must still count.
   */
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Parses `/proc/PID/stat`. The program's name is in parentheses, and may itself contain spaces and parentheses. */
export function parseProcessStat(line: string): ProcessUsage {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  // `fields` starts with field 3 of the manual page (state). utime is 14, stime 15, cutime 16, cstime 17, rss 24.
  const at = (field: number) => Number(fields[field - 3]);
  return { cpuMs: (at(14) + at(15) + at(16) + at(17)) * TICK_MS, rssMiB: (at(24) * PAGE_KIB) / 1024 };
}

function sumOver({ pid }: ChildProcess, pick: (usage: ProcessUsage) => number): number {
  return pid === undefined ? NaN : sumOverTree(pid, pick);
}

/** Sums a value over a process and its descendants. */
export function sumOverTree(root: number, pick: (usage: ProcessUsage) => number): number {
  return processTree(root).reduce((sum, pid) => sum + pick(usageOf(pid)), 0);
}

const GONE: ProcessUsage = { cpuMs: 0, rssMiB: 0 };

function usageOf(pid: number): ProcessUsage {
  return unlessGone(() => parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'utf8')), GONE);
}

/** Returns `otherwise` when the read fails. A process may end after it was listed and before it is read. */
function unlessGone<Value>(read: () => Value, otherwise: Value): Value {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

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
