import { StartFailure } from '@souk/launcher/start-failure';
import type { Environment } from './environment.ts';

const ELSEWHERE = 'choose another folder with SOUK_DATA_DIR=/path/to/folder npm start';

type DataPlace = Pick<Environment, 'dataDir' | 'databaseUrl'>;

/** The error code that Node (`EADDRINUSE`) or Postgres (`53100`) reported. Undefined when the error has no code. */
export function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

/** The failure to listen on an address, with the reason and the remedy. */
export function listenFailure(error: unknown, host: string, port: number): StartFailure {
  return new StartFailure(explainListen(error, host, port));
}

function explainListen(error: unknown, host: string, port: number): string {
  switch (errorCode(error)) {
    case 'EADDRINUSE': {
      const other = port === 65_535 ? 4001 : port + 1;
      return `Port ${port} is in use. Stop the other program or start with PORT=${other} npm start`;
    }
    case 'EACCES':
      return `Only root may open port ${port}. Start with PORT=4000 npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all addresses`;
    default:
      return `Souk cannot listen on ${host} port ${port} (${reason(error)}). Choose another address with HOST and PORT`;
  }
}

/** The error codes with which Node and Postgres report a full disk. */
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Whether a full disk caused an error, directly or through its causes. */
export function isDiskFull(error: unknown): boolean {
  if (DISK_FULL.has(errorCode(error) ?? '')) return true;
  return error instanceof Error && error.cause !== undefined && isDiskFull(error.cause);
}

/** The failure when the disk of the data folder is full. */
export function diskFullFailure(folder: string): StartFailure {
  return new StartFailure(`The disk with the data folder ${folder} is full. Free some space, or ${ELSEWHERE}`);
}

/** The failure to use the data folder, with the reason and the remedy. */
export function dataFolderFailure(error: unknown, folder: string): StartFailure {
  if (isDiskFull(error)) return diskFullFailure(folder);
  return new StartFailure(explainDataFolder(error, folder));
}

function explainDataFolder(error: unknown, folder: string): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT': // returned below /proc
      return `The data folder ${folder} is not writable. Make it writable, or ${ELSEWHERE}`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `The data folder ${folder} is a file, or is inside one: ${ELSEWHERE}`;
    default:
      return `The data folder ${folder} cannot be used (${reason(error)}): ${ELSEWHERE}`;
  }
}

/** The failure when the data is from another version of Souk, which has different migrations. */
export function otherVersionFailure(file: string, { dataDir, databaseUrl }: DataPlace): StartFailure {
  const [place, remedy] =
    databaseUrl === null
      ? [`The data folder ${dataDir}`, `move it away to begin with an empty one, or ${ELSEWHERE}`]
      : ['The database at DATABASE_URL', 'run that version, or name an empty database'];
  return new StartFailure(`${place} was made by another version of Souk (its ${file} differs): ${remedy}`);
}

/** The failure when another server uses the data folder, with the process id and the URL of that server. */
export function folderInUseFailure(folder: string, pid: number, url: string | undefined): StartFailure {
  return new StartFailure(
    `Souk already runs on the data folder ${folder}${url ? ` at ${url}` : ''} (process ${pid}). ` +
      `Stop it with "kill ${pid}", or start another with PORT=4001 SOUK_DATA_DIR=.data-2 npm start`,
  );
}

function reason(error: unknown): string {
  return errorCode(error) ?? String(error);
}
