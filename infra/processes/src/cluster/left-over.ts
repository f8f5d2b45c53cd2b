import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** An engine that a cluster which was killed outright may have left behind. */
export interface LeftOver {
  /** Absolute; where the engine keeps its files. */
  readonly folder: string;
  readonly pidFile: string;
  /** `nats-server` */
  readonly program: string;
}

/**
 * Kills the engine that an earlier cluster left behind: two on one folder would spoil it. Ids of processes are used again, after a
 * restart of the machine at the latest: only a process of this program that works in the folder, or was started with a file of it, is
 * taken for the engine.
 */
export function endLeftOver(engine: LeftOver): void {
  if (!existsSync(engine.pidFile)) return;
  const pid = Number(readFileSync(engine.pidFile, 'utf8'));
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isOurs(pid, engine)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // it ended by itself meanwhile
  }
  // Its port and its files are free when it is gone, which is a matter of microseconds.
  while (isOurs(pid, engine)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
}

function isOurs(pid: number, { folder, program }: LeftOver): boolean {
  try {
    const [command = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (!command.includes(program)) return false;
    return (
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder) || args.some((each) => each.startsWith(`${folder}/`))
    );
  } catch {
    return false; // gone, or of another user
  }
}
