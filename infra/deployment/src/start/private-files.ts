import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** Folders with this bit, like `/tmp`, belong to all users of the machine. */
const STICKY = 0o1000;

/**
 * Makes a data folder with its `logs`, and takes both and their log files from everybody but their owner, also where they exist
 * already: logs name customers, and Postgres' data is everything. A folder that is another user's, or of all users, stays as it is.
 */
export function makePrivateDataFolder(folder: string): void {
  const logs = join(folder, 'logs');
  makeFolder(logs);
  for (const each of [folder, logs]) restrict(each, FOLDER_MODE);
  for (const each of [folder, logs]) {
    for (const name of readdirSync(each)) if (/\.log(\.\d+)?$/.test(name)) restrict(join(each, name), FILE_MODE);
  }
}

/** `mkdirSync` with `recursive` never returns below /proc, and calls a read-only disk ENOENT. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

function restrict(path: string, mode: number): void {
  const stat = lstatSync(path);
  const isOurs = stat.uid === process.getuid?.() && !stat.isSymbolicLink() && (stat.mode & STICKY) === 0;
  if (isOurs && (stat.mode & 0o777 & ~mode) !== 0) chmodSync(path, mode);
}
