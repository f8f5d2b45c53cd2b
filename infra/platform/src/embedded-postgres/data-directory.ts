import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { diskFull, EmbeddedPostgresError } from './embedded-postgres-error.ts';
import type { RunAs } from './run-as.ts';
import { createSecret, passwordFor, readSecret } from './secret.ts';

export const SUPERUSER = 'postgres';

/**
 * The data directory as a path for the binaries, which use it as their working directory. An absolute path could fail, because the user of
 * the binaries may not be allowed to enter a folder above the data directory, such as root's home.
 */
export const HERE = '/proc/self/cwd';

export interface DataDirectoryOptions {
  readonly dataDirectory: string;
  readonly binaries: Binaries;
  readonly user: RunAs;
  /** Whether new data must reach the disk before it is used. */
  readonly durable: boolean;
}

/**
 * Creates the data directory if none exists.
 * @returns the secret of the data directory
 * @throws EmbeddedPostgresError
 */
export function openDataDirectory(options: DataDirectoryOptions): string {
  const { dataDirectory, binaries } = options;
  if (isEmpty(dataDirectory)) return initialize(options);
  requireVersion(dataDirectory, binaries.majorVersion);
  return readSecret(dataDirectory);
}

function isEmpty(dataDirectory: string): boolean {
  return !existsSync(dataDirectory) || readdirSync(dataDirectory).length === 0;
}

function requireVersion(dataDirectory: string, majorVersion: string): void {
  const file = join(dataDirectory, 'PG_VERSION');
  if (!existsSync(file))
    throw new EmbeddedPostgresError(
      'DATA_DIRECTORY_NOT_OURS',
      `${dataDirectory} holds files, but no Postgres data`,
      'Set SOUK_DATA_DIR to an empty folder',
    );
  const found = readFileSync(file, 'utf8').trim();
  if (found !== majorVersion)
    throw new EmbeddedPostgresError(
      'DATA_DIRECTORY_OF_ANOTHER_VERSION',
      `${dataDirectory} was made by Postgres ${found}; this is Postgres ${majorVersion}`,
      `Start the release of Souk that made it and export its data, or set SOUK_DATA_DIR to a new folder`,
    );
}

/**
 * Runs `initdb` in a folder with a temporary name, and renames it afterwards. An interrupted `initdb` therefore cannot leave a folder that
 * looks like a database.
 */
function initialize({ dataDirectory, binaries, user, durable }: DataDirectoryOptions): string {
  const draft = `${dataDirectory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  giveTo(user, draft);
  const secret = createSecret(dataDirectory);
  const passwordFile = writePasswordFile(passwordFor(secret, SUPERUSER), user);
  try {
    execFileSync(join(binaries.directory, 'initdb'), initdbArguments(passwordFile, durable), {
      ...user,
      cwd: draft,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    throw initdbProblem(error, dataDirectory);
  } finally {
    rmSync(dirname(passwordFile), { recursive: true, force: true });
  }
  rmSync(dataDirectory, { recursive: true, force: true }); // an empty folder at most
  renameSync(draft, dataDirectory);
  return secret;
}

// The `builtin` provider sorts texts the same way on every machine, independent of the installed locales. `scram_iterations` is low,
// because many iterations only protect passwords that people choose. These passwords are 256 random bits.
function initdbArguments(passwordFile: string, durable: boolean): string[] {
  return `-D ${HERE} -U ${SUPERUSER} --auth=scram-sha-256 --pwfile=${passwordFile} --encoding=UTF8 --no-instructions
    --locale-provider=builtin --builtin-locale=C.UTF-8 --set scram_iterations=1 ${durable ? '' : '--no-sync'}`
    .trim()
    .split(/\s+/);
}

/** Writes the password file. Only its owner may read the file, because every user may enter the temporary directory. */
function writePasswordFile(password: string, user: RunAs): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-initdb-'));
  const file = join(folder, 'password');
  writeFileSync(file, password, { mode: 0o600 });
  giveTo(user, folder, file);
  return file;
}

function giveTo({ uid, gid }: RunAs, ...paths: readonly string[]): void {
  if (uid === undefined || gid === undefined) return;
  for (const path of paths) chownSync(path, uid, gid);
}

function initdbProblem(error: unknown, dataDirectory: string): Error {
  const output =
    typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(dataDirectory, error);
  return new EmbeddedPostgresError(
    'START_FAILED',
    `initdb could not create ${dataDirectory}: ${output.trim().split('\n').at(-1) ?? ''}`,
    'Fix the reported problem and start again, or set DATABASE_URL to a Postgres of your own',
    { cause: error },
  );
}
