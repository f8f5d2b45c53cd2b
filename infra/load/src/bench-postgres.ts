import { join } from 'node:path';
import { startEmbeddedPostgres, SUPERUSER } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';

/** A running Postgres with an empty database `souk` for one server under test. */
export interface BenchPostgres {
  /** Connection string of the database `souk`, as the superuser. */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres that syncs every commit to disk, as production does.
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
  await admin.query('create database souk');
  await admin.end();
  return { url: postgres.url(SUPERUSER, 'souk'), stop: () => postgres.stop() };
}
