import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The start time of a process, in clock ticks since boot. Ids are reused, so only the id and the start time together identify a process.
 * @returns null for a process that does not exist, or that is a zombie
 */
export function startedAt(pid: number): string | null {
  try {
    // The format is described in proc(5). The name, in parentheses, may itself contain spaces and parentheses. Field 3 is the state, and
    // field 22 the start time.
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

/** The working directory of a process. Null when the process has ended, or when this user may not read the directory. */
export function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

/** Waits for a process, which need not be a child of this process. @returns whether the process ended in time */
export async function untilEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}
