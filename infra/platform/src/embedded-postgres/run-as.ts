import { statSync } from 'node:fs';

/** The user and the environment of a child process. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** The unprivileged user id of Linux distributions. This user owns no files. */
const UNPRIVILEGED = 65534;

/**
 * The user who runs Postgres. Postgres refuses to run as root, so under root the owner of the data directory runs it. New data belongs to
 * `UNPRIVILEGED`.
 */
export function postgresUser(dataDirectory: string): RunAs {
  // The environment of this process is left out, because PGPORT, PGDATA and others would change the behavior of the binaries.
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  if (process.getuid?.() !== 0) return { env };
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  return owner && owner.uid !== 0
    ? { uid: owner.uid, gid: owner.gid, env }
    : { uid: UNPRIVILEGED, gid: UNPRIVILEGED, env };
}
