import { join } from 'node:path';
import { loadDemo } from '@souk/demo/load';
import { ROSTER } from '@souk/deployment/roster';
import { prepareSchemas, startSubgraphs } from '@souk/deployment/subgraphs';
import { declaredSecrets } from '@souk/kit/manifest';
import { StartFailure } from '@souk/launcher/start-failure';
import type { StartReport } from '@souk/deployment/start';
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  SUPERUSER,
  type EmbeddedPostgres,
} from '@souk/platform/embedded-postgres';
import { openNats, type NatsServer, type TopologySettings } from '@souk/platform/nats';
import { createLogger } from '@souk/kit/runtime';
import { Client } from 'pg';
import { migrateStreams } from '../migration/migrate-streams.ts';
import { keepEvents, publishKeptEvents } from '../migration/published-events.ts';
import { secretIn, type SecretFiles } from './secret-files.ts';

const DATABASE = 'souk';

/** The maximum number of connections to Postgres. It is enough for the pools, relays and outbox readers of all processes. */
const MAX_CONNECTIONS = '400';

/** Starts a Postgres with Souk's database and tables. @throws StartFailure */
export async function openPostgres(
  dataDir: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<EmbeddedPostgres> {
  try {
    const postgres = await startEmbeddedPostgres({
      dataDirectory: join(dataDir, 'postgres'),
      port,
      settings: { max_connections: MAX_CONNECTIONS, ...settings },
    });
    await createDatabase(postgres.url(SUPERUSER, 'postgres'));
    await prepareSchemas(postgres.url(SUPERUSER, DATABASE), ROSTER, (role) => postgres.passwordOf(role), {
      isExclusive: true,
    });
    return postgres;
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? new StartFailure(`${error.message}. ${error.remedy}.`) : error;
  }
}

/** The database URL without a user, because each process logs in with its own roles. */
export function databaseUrl({ port }: EmbeddedPostgres): string {
  return `postgres://127.0.0.1:${port}/${DATABASE}`;
}

/** Creates missing streams and consumers. The kept events of a lost stream are published again. */
export async function makeStreams(
  server: NatsServer,
  postgres: EmbeddedPostgres,
  settings: TopologySettings = {},
): Promise<void> {
  const adminUrl = postgres.url(SUPERUSER, DATABASE);
  await keepEvents(adminUrl, null);
  const beforeCreating = async (publisher: string) => void (await publishKeptEvents(adminUrl, publisher));
  const nats = await openNats({ ...server, name: 'migration', onError: () => undefined });
  try {
    await migrateStreams(nats, { settings, beforeCreating });
  } finally {
    await nats.close();
  }
}

/**
 * Loads the demo shops at the first start. The subgraphs that load the data run in this process, and stop before the processes of the
 * cluster start.
 */
export async function loadShops(
  postgres: EmbeddedPostgres,
  { dataDir, mediaDirectory, files }: { dataDir: string; mediaDirectory: string; files: SecretFiles },
  report: StartReport,
): Promise<void> {
  const subgraphs = await startSubgraphs({
    databaseUrl: (role) => postgres.url(role, DATABASE),
    secrets: { ...declaredSecretsIn(files), databaseSecret: postgres.secret },
    logger: createLogger({ level: 'silent' }),
  });
  try {
    await loadDemo(subgraphs, { dataDir, mediaDirectory, report });
  } finally {
    await subgraphs.stop();
  }
}

function declaredSecretsIn(files: SecretFiles): Readonly<Record<string, string>> {
  const required = ROSTER.flatMap((manifest) => declaredSecrets(manifest)).filter(({ isOptional }) => !isOptional);
  return Object.fromEntries(required.map((secret) => [secret.key, secretIn(files.declared(secret))]));
}

async function createDatabase(url: string): Promise<void> {
  const admin = new Client(url);
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await admin.query(`create database ${DATABASE}`);
  } finally {
    await admin.end();
  }
}
