import { join } from 'node:path';
import { startEmbeddedPostgres, SUPERUSER } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';

/** A Postgres with an empty database that a server uses. */
export interface BenchPostgres {
  /** Of its administrator. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Durable, as in earnest. @param settings of postgresql.conf. */
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
