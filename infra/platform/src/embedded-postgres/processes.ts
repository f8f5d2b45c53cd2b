import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * When a process started, in clock ticks since boot; with its id it names one process for good, since ids come again.
 * Null when there is none, or only a zombie that nobody has collected.
 */
export function startedAt(pid: number): string | null {
  try {
    // proc(5): the name, in parentheses, may itself hold spaces and parentheses; state is field 3, start field 22.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  return startedAt(pid) !== null;
}

/** The folder that a process works in; null when it is gone or not ours to look at. */
export function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Waits for a process that need not be our child. @returns whether it ended in time. */
export async function untilEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}
