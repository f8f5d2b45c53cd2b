import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres, SUPERUSER } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';

/** A running Postgres with the database `souk`, used by one server under test. */
export interface BenchPostgres {
  /** Connection string of the database `souk`, as the superuser. */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres that syncs every commit to disk, as in production. In a new folder, the database `souk` is empty.
 * @param dataDir the folder for Postgres' files, in `postgres/`.
 * @param settings entries of postgresql.conf. @default {}
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

/** Returns the process id of the Postgres whose files are in `postgres/` of this folder. */
export function postmasterIn(dataDir: string): number {
  const [pid] = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
