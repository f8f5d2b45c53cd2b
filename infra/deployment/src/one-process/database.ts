import { join } from 'node:path';
import { EmbeddedPostgresError, passwordFor, startEmbeddedPostgres, SUPERUSER } from '@souk/platform/embedded-postgres';
import { connectToPrimary } from '@souk/kit/persistence';
import { withLogin } from '@souk/kit/postgres-url';
import { Client } from 'pg';
import { StartFailure } from '@souk/launcher/start-failure';
import type { StartReport } from '../start/composition.ts';
import type { Environment } from './environment.ts';
import type { Secrets } from '../subgraphs/secrets.ts';

/** The Postgres that Souk uses: embedded in this process, or external. */
export interface Database {
  readonly adminUrl: string;
  /** Whether this process started the server. Such a server holds only Souk's data. */
  readonly isExclusive: boolean;
  /** The connection string with which a Postgres role logs in. */
  url(role: string): string;
  passwordOf(role: string): string;
  /** Resolves when the Postgres of this process ends without a call of `stop`. */
  readonly lost: Promise<StartFailure>;
  /** Stops the embedded Postgres. Does nothing for an external Postgres. */
  stop(): Promise<void>;
}

const DATABASE = 'souk';

/** Starts the embedded Postgres, or connects to the Postgres that DATABASE_URL names. @throws StartFailure */
export function openDatabase(environment: Environment, secrets: Secrets, report: StartReport): Promise<Database> {
  const { databaseUrl } = environment;
  if (databaseUrl === null) return startDatabase(environment, report);
  return report.step('Connecting to Postgres', () => external(databaseUrl, secrets.databaseSecret));
}

/** Starts the embedded Postgres on the data folder. @throws StartFailure */
export function startDatabase({ dataDir }: Pick<Environment, 'dataDir'>, report: StartReport): Promise<Database> {
  return report.step('Starting Postgres', () => embedded(join(dataDir, 'postgres')));
}

async function embedded(dataDirectory: string): Promise<Database> {
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory });
    await createDatabase(postgres.url(SUPERUSER, 'postgres'));
    return {
      adminUrl: postgres.url(SUPERUSER, DATABASE),
      isExclusive: true,
      url: (role) => postgres.url(role, DATABASE),
      passwordOf: (role) => postgres.passwordOf(role),
      lost: postgres.lost.then(startFailure),
      stop: () => postgres.stop(),
    };
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? startFailure(error) : error;
  }
}

function startFailure({ message, remedy }: EmbeddedPostgresError): StartFailure {
  return new StartFailure(`${message}. ${remedy}.`);
}

/** @throws StartFailure when Postgres does not accept a connection */
async function external(adminUrl: string, secret: string): Promise<Database> {
  try {
    await (await connectToPrimary(adminUrl)).end();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `Postgres at DATABASE_URL does not answer (${reason}). Start it, or leave DATABASE_URL out for the embedded one.`,
    );
  }
  const passwordOf = (role: string) => passwordFor(secret, role);
  return {
    adminUrl,
    isExclusive: false,
    passwordOf,
    lost: new Promise(() => undefined),
    url: (role) => withLogin(adminUrl, role, passwordOf(role)),
    stop: async () => undefined,
  };
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
