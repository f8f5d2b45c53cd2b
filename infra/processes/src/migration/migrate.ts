import { ROSTER } from '@souk/deployment/roster';
import { prepareSchemas } from '@souk/deployment/subgraphs';
import { connectNats } from '../messaging/connect-nats.ts';
import { readMigrationEnvironment, type MigrationEnvironment } from './environment.ts';
import { postgresFailure } from './postgres-failure.ts';
import { migrateStreams } from './migrate-streams.ts';

/**
 * Brings the engines up to date, before the processes of this version start: schemas, roles and tables of every subgraph, and the
 * streams and consumers of their events. Doing it again changes nothing. Gives the migrations that ran.
 * @throws Error when an engine refuses; what was done stays, and doing it again goes on from there.
 */
export async function migrateEngines(
  environment: MigrationEnvironment = readMigrationEnvironment(),
): Promise<readonly string[]> {
  const { databaseAdminUrl, passwordOf } = environment;
  const ran = await prepareSchemas(databaseAdminUrl, ROSTER, passwordOf).catch((error: unknown) => {
    throw postgresFailure(error, databaseAdminUrl);
  });
  const nats = await connectNats({ ...environment.nats, name: 'migration', onError: () => undefined });
  try {
    await migrateStreams(nats, { settings: environment.streams });
  } finally {
    await nats.close();
  }
  return ran;
}
