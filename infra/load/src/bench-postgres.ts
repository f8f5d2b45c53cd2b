import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres, SUPERUSER } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';

/** A running Postgres with a database `souk` for one server under test. */
export interface BenchPostgres {
  /** Connection string of the database `souk`, as the superuser. */
  readonly url: string;
  /** Process id of the postmaster. */
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres that syncs every commit to disk, as production does. The database `souk` is empty in a new folder.
 * @param dataDir the folder that gets Postgres' files, in `postgres/`.
 * @param settings the settings of postgresql.conf.
 * @default settings {}
 */
export async function startPostgres(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(dataDir, 'postgres'), settings });
  const admin = new Client(postgres.url(SUPERUSER, 'postgres'));
  await admin.connect();
  const { rowCount } = await admin.query(`select from pg_database where datname = 'souk'`);
  if (rowCount === 0) await admin.query('create database souk');
  await admin.end();
  return { url: postgres.url(SUPERUSER, 'souk'), pid: postmasterIn(dataDir), stop: () => postgres.stop() };
}

/** Returns the process id of the Postgres that runs on `postgres/` in this folder. */
export function postmasterIn(dataDir: string): number {
  const [pid] = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
