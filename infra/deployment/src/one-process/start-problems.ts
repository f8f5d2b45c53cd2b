import { StartFailure } from '@souk/launcher/start-failure';
import type { Environment } from './environment.ts';

const ELSEWHERE = 'name another with SOUK_DATA_DIR=/path/to/folder npm start';

type DataPlace = Pick<Environment, 'dataDir' | 'databaseUrl'>;

/** What the operating system said, as far as its code tells. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** Why Souk cannot listen on an address, and what to do. */
export function listenFailure(error: unknown, host: string, port: number): StartFailure {
  return new StartFailure(explainListen(error, host, port));
}

function explainListen(error: unknown, host: string, port: number): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE': {
      const other = port === 65_535 ? 4001 : port + 1;
      return `Port ${port} is in use; stop the other program or start with PORT=${other} npm start`;
    }
    case 'EACCES':
      return `Port ${port} may only be opened by root; start with PORT=4000 npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is no address of this machine; use 127.0.0.1, or 0.0.0.0 for every one`;
    default:
      return `Souk cannot listen on ${host} port ${port} (${reason(error)}); choose another with HOST and PORT`;
  }
}

/** What Node and Postgres call it. */
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether an error, or what it came from, is that there is no space left. */
export function isDiskFull(error: unknown): boolean {
  if (DISK_FULL.has(errorCode(error) ?? '')) return true;
  return error instanceof Error && error.cause !== undefined && isDiskFull(error.cause);
}

/** The disk of the data folder is full. */
export function diskFullFailure(folder: string): StartFailure {
  return new StartFailure(`The disk with the data folder ${folder} is full; free some space, or ${ELSEWHERE}`);
}

/** Why the data folder cannot be used, and what to do. */
export function dataFolderFailure(error: unknown, folder: string): StartFailure {
  if (isDiskFull(error)) return diskFullFailure(folder);
  return new StartFailure(explainDataFolder(error, folder));
}

function explainDataFolder(error: unknown, folder: string): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT': // what /proc and the like say
      return `The data folder ${folder} cannot be written to; make it writable, or ${ELSEWHERE}`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `The data folder ${folder} is a file, or is inside one; ${ELSEWHERE}`;
    default:
      return `The data folder ${folder} cannot be used (${reason(error)}); ${ELSEWHERE}`;
  }
}

/** The tables are those of another version of Souk, whose migrations differ from the ones here. */
export function otherVersionFailure(file: string, { dataDir, databaseUrl }: DataPlace): StartFailure {
  const [place, remedy] =
    databaseUrl === null
      ? [`The data folder ${dataDir}`, `move it away to start anew, or ${ELSEWHERE}`]
      : ['The database at DATABASE_URL', 'run that version, or name an empty database'];
  return new StartFailure(`${place} was made by another version of Souk (its ${file} was different); ${remedy}`);
}

/** Another server has the data folder. */
export function folderInUseFailure(folder: string, pid: number, url: string | undefined): StartFailure {
  return new StartFailure(
    `Souk already runs on the data folder ${folder}${url ? ` at ${url}` : ''} (process ${pid}); ` +
      `stop it with "kill ${pid}", or start another with PORT=4001 SOUK_DATA_DIR=.data-2 npm start`,
  );
}

function reason(error: unknown): string {
  return errorCode(error) ?? String(error);
}
