import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { startedAt } from './processes.ts';

/**
 * Records in a file that this process runs the Postgres of a data directory. A later process can then detect a Postgres whose owner has
 * ended.
 * @throws EmbeddedPostgresError when another living process runs that Postgres
 */
export function takeOwnership(dataDirectory: string): void {
  const owner = liveOwner(dataDirectory);
  if (owner !== null)
    throw new EmbeddedPostgresError(
      'DATA_DIRECTORY_IN_USE',
      `${dataDirectory} is in use by process ${owner}`,
      `Stop that process (\`kill ${owner}\`), or set SOUK_DATA_DIR to another folder to run a second Souk`,
    );
  writeFileSync(ownerFile(dataDirectory), JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid) }));
}

export function releaseOwnership(dataDirectory: string): void {
  rmSync(ownerFile(dataDirectory), { force: true });
}

function liveOwner(dataDirectory: string): number | null {
  try {
    const owner = JSON.parse(readFileSync(ownerFile(dataDirectory), 'utf8')) as { pid: number; startedAt: string };
    return startedAt(owner.pid) === owner.startedAt ? owner.pid : null;
  } catch {
    return null; // no owner, or a file that was truncated when the machine crashed
  }
}

function ownerFile(dataDirectory: string): string {
  return `${dataDirectory}.owner`;
}
