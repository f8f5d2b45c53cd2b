/** Who a child process runs as, and where. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** The user `nobody`. */
const NOBODY = 65534;

/** Postgres refuses to run as root: there, `nobody` runs it and owns its data. */
export function postgresUser(): RunAs {
  // Nothing of our environment: PGPORT, PGDATA and the like would change what the binaries do.
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY, env } : { env };
}
