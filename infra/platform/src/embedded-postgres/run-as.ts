import { statSync } from 'node:fs';

/** Who a child process runs as, and where. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** The user `nobody`. */
const NOBODY = 65534;

/**
 * Postgres refuses to run as root: there, the owner of the data runs it, and `nobody` owns new data.
 */
export function postgresUser(dataDirectory: string): RunAs {
  // Nothing of our environment: PGPORT, PGDATA and the like would change what the binaries do.
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  if (process.getuid?.() !== 0) return { env };
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid, env } : { uid: NOBODY, gid: NOBODY, env };
}
