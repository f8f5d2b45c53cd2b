/** The reasons why the embedded Postgres cannot run. */
export type EmbeddedPostgresProblem =
  | 'BINARIES_MISSING'
  | 'DATA_DIRECTORY_NOT_WRITABLE'
  | 'DATA_DIRECTORY_IN_USE'
  | 'DATA_DIRECTORY_OF_ANOTHER_VERSION'
  | 'DATA_DIRECTORY_NOT_OURS'
  | 'SECRET_MISSING'
  | 'DISK_FULL'
  | 'PORT_IN_USE'
  | 'START_FAILED'
  | 'ENDED';

/** A problem that the operator can solve. `message` is one line, and `remedy` is the next step. */
export class EmbeddedPostgresError extends Error {
  readonly problem: EmbeddedPostgresProblem;
  readonly remedy: string;

  constructor(problem: EmbeddedPostgresProblem, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Error codes for a read-only disk, a missing permission, or a file in place of a folder. */
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']);

/**
 * Translates a failed file operation.
 * @returns an EmbeddedPostgresError, or `error` itself when its code is not in `NOT_WRITABLE`
 */
export function fileProblem(error: unknown, path: string): unknown {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') return diskFull(path, error);
  if (typeof code === 'string' && NOT_WRITABLE.has(code))
    return new EmbeddedPostgresError(
      'DATA_DIRECTORY_NOT_WRITABLE',
      `Cannot write to ${path} (${code})`,
      'Make the folder writable, or set SOUK_DATA_DIR to a folder that is',
      { cause: error },
    );
  return error;
}

export function diskFull(path: string, cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'DISK_FULL',
    `No space left on the disk of ${path}`,
    'Free some space, or set SOUK_DATA_DIR to a folder on another disk',
    { cause },
  );
}
