import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { StartFailure } from '@souk/launcher/start-failure';

/** An engine (NATS or Redis) that may still run after its cluster was killed. */
export interface LeftOver {
  /** Absolute path of the engine's files. */
  readonly folder: string;
  readonly pidFile: string;
  /** The name of the program, such as `nats-server`. */
  readonly program: string;
}

export interface EndOptions {
  /** @default process.kill */
  readonly kill?: (pid: number, signal: 'SIGKILL') => unknown;
  /** How long the engine may take to end. @default 10 s */
  readonly withinMs?: number;
}

/** How long a killed engine may take to end, in ms. It usually ends immediately, but the kernel may wait for a disk. */
const END_WITHIN_MS = 10_000;
/** A cell that no thread changes. `Atomics.wait` on it pauses this thread synchronously. */
const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Kills the engine that an earlier cluster left running, because two engines on one folder would corrupt its data. The process id in the
 * file may now belong to another process. A process is therefore killed only when it runs this program, and works in the folder or was
 * started with a file of the folder.
 * @throws StartFailure when the engine does not end
 */
export function endLeftOver(engine: LeftOver, { kill, withinMs = END_WITHIN_MS }: EndOptions = {}): void {
  if (!existsSync(engine.pidFile)) return;
  const pid = Number(readFileSync(engine.pidFile, 'utf8'));
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isOurs(pid, engine)) return;
  try {
    (kill ?? process.kill)(pid, 'SIGKILL');
  } catch {
    return; // already ended
  }
  // Waits until the engine has ended. Its port and its files are free a few microseconds later.
  for (const fromMs = performance.now(); isOurs(pid, engine); Atomics.wait(cell, 0, 0, 10)) {
    if (performance.now() - fromMs < withinMs) continue;
    throw new StartFailure(
      `The ${engine.program} of an earlier cluster (process ${pid}, in ${engine.folder}) has not ended within ${withinMs} ms. Its disk may not answer: look at the process, or choose another SOUK_DATA_DIR.`,
    );
  }
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
