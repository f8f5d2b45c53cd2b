import { copyFileSync, existsSync, readdirSync, renameSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** Size limits of log files. */
export interface LogLimits {
  /** The size from which a file is rotated. */
  readonly maxBytes: number;
  /** Number of rotated files to keep of each log. `souk.log.1` is the newest of them. */
  readonly kept: number;
}

const LIMITS: LogLimits = { maxBytes: 10 * 1024 * 1024, kept: 4 };
const EVERY_MS = 10_000;

/**
 * Rotates the log files of a data folder, including the log files of other programs, when they grow too large.
 * @returns a function that ends the rotation
 */
export function keepLogsSmall(dataDir: string): () => void {
  const timer = setInterval(() => rotateLogs(dataDir), EVERY_MS).unref();
  rotateLogs(dataDir);
  return () => clearInterval(timer);
}

/**
 * Rotates once. A file is copied and truncated instead of renamed, because Postgres, NATS and Redis keep their files open and append. A
 * line that is written between copy and truncation is lost.
 */
export function rotateLogs(dataDir: string, limits: LogLimits = LIMITS): void {
  for (const folder of [dataDir, join(dataDir, 'logs')].filter((each) => existsSync(each))) {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.log'))) rotate(join(folder, name), limits);
  }
}

function rotate(file: string, { maxBytes, kept }: LogLimits): void {
  try {
    if (statSync(file).size <= maxBytes) return;
    for (let place = kept - 1; place > 0; place -= 1) {
      if (existsSync(`${file}.${place}`)) renameSync(`${file}.${place}`, `${file}.${place + 1}`);
    }
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } catch {
    // The disk may be full, or another program may have removed the file. A failed rotation must not end the program. The next round tries
    // again.
  }
}
