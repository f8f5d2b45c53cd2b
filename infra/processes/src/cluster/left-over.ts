import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** An engine (NATS or Redis) that may still run after its cluster was killed. */
export interface LeftOver {
  /** Absolute path of the engine's files. */
  readonly folder: string;
  readonly pidFile: string;
  /** The name of the program, such as `nats-server`. */
  readonly program: string;
}

/**
 * Kills the engine that an earlier cluster left behind, because two engines that share a folder would corrupt it. Process ids are reused,
 * after a reboot at the latest. So a process counts as the engine only when it runs this program and works in the folder, or was started
 * with a file of the folder.
 */
export function endLeftOver(engine: LeftOver): void {
  if (!existsSync(engine.pidFile)) return;
  const pid = Number(readFileSync(engine.pidFile, 'utf8'));
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isOurs(pid, engine)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    return; // already ended
  }
  // The port and the files of the engine are free within microseconds after its end.
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
    return false; // ended, or owned by another user
  }
}
