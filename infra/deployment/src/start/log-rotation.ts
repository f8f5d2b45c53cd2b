import { copyFileSync, existsSync, readdirSync, renameSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

/** How large log files may become. */
export interface LogLimits {
  /** A file that is larger is put aside. */
  readonly maxBytes: number;
  /** How many files that were put aside are kept of each: `souk.log.1` is the newest. */
  readonly kept: number;
}

const LIMITS: LogLimits = { maxBytes: 10 * 1024 * 1024, kept: 4 };
const EVERY_MS = 10_000;

/** Puts the log files of a data folder aside when they grow too large, also those that other programs write. @returns what ends it. */
export function keepLogsSmall(dataDir: string): () => void {
  const timer = setInterval(() => rotateLogs(dataDir), EVERY_MS).unref();
  rotateLogs(dataDir);
  return () => clearInterval(timer);
}

/**
 * Looks once. A file is copied and emptied rather than renamed, because Postgres, NATS and Redis hold theirs open and append; a line
 * that is written between the two is lost.
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
    // A full disk, or a file that was removed meanwhile: a log must not end what it tells of. The next round tries again.
  }
}
