import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** The sticky bit of a folder's mode. Folders that all users of the machine share, such as `/tmp`, have this bit. */
const STICKY = 0o1000;

/**
 * Creates a data folder with its `logs`, and restricts both folders and their log files to their owner, even if they already exist. Logs
 * contain data of customers, and the Postgres data contains everything. A folder that another user owns, or that all users share, stays
 * unchanged.
 */
export function makePrivateDataFolder(folder: string): void {
  const logs = join(folder, 'logs');
  makeFolder(logs);
  for (const each of [folder, logs]) restrict(each, FOLDER_MODE);
  for (const each of [folder, logs]) {
    for (const name of readdirSync(each)) if (/\.log(\.\d+)?$/.test(name)) restrict(join(each, name), FILE_MODE);
  }
}

/**
 * Creates a folder with its parents. It does not use the recursive `mkdirSync`, which never returns below /proc and reports a read-only
 * disk as ENOENT.
 */
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
