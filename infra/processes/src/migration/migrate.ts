import { ROSTER } from '@souk/deployment/roster';
import { prepareSchemas } from '@souk/deployment/subgraphs';
import { connectNats } from '../messaging/connect-nats.ts';
import type { MigrationEnvironment } from './environment.ts';
import { postgresFailure } from './postgres-failure.ts';
import { migrateStreams } from './migrate-streams.ts';
import { keepEvents, publishKeptEvents } from './published-events.ts';

/**
 * Updates Postgres and NATS before the processes of this version start: the schemas, roles and tables of every subgraph, and the streams
 * and consumers of events. A second run changes nothing.
 * @param warn called with a sentence for the operator
 * @returns the migrations that ran
 * @throws Error when Postgres or NATS refuses a step. Finished steps are kept, and the next run continues after them.
 */
export async function migrateEngines(
  environment: MigrationEnvironment,
  warn: (line: string) => void = () => undefined,
): Promise<readonly string[]> {
  const { databaseAdminUrl, server, passwordOf } = environment;
  const rules = { ...server, onOpenDatabases: (names: readonly string[]) => warn(openDatabases(names)) };
  const ran = await prepareSchemas(databaseAdminUrl, ROSTER, passwordOf, rules).catch((error: unknown) => {
    throw postgresFailure(error, databaseAdminUrl);
  });
  await keepEvents(databaseAdminUrl, environment.republishMinutes ?? null);
  const beforeCreating = async (publisher: string) => {
    const count = await publishKeptEvents(databaseAdminUrl, publisher);
    if (count > 0) warn(lostStream(publisher, count));
  };
  const nats = await connectNats({ ...environment.nats, name: 'migration', onError: () => undefined });
  try {
    await migrateStreams(nats, { settings: environment.streams, beforeCreating });
  } finally {
    await nats.close();
  }
  return ran;
}

const lostStream = (publisher: string, count: number) =>
  `the stream of ${publisher} was lost: the last ${count} events of ${publisher} are published again, consumers skip those that they have handled`;

const openDatabases = (names: readonly string[]) =>
  `roles of the subgraphs may also connect to the databases ${names.join(', ')}: revoke connect on them from public, ` +
  'or set DATABASE_EXCLUSIVE=on if the server holds only Souk';
