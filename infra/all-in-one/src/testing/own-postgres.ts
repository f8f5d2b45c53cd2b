import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROSTER } from '@souk/deployment/roster';
import { newSecrets, prepareSchemas } from '@souk/deployment/subgraphs';
import { startEmbeddedPostgres, SUPERUSER, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';
import { Books } from './books.ts';
import type { TestInstallation } from './test-souk.ts';

/** An installation with its own Postgres, which a test may crash. */
export interface OwnPostgresInstallation extends TestInstallation {
  readonly postgres: EmbeddedPostgres;
  /** Opens `Books` on a new connection. A crash of Postgres closes all earlier connections. */
  openBooks(): Promise<Books>;
}

/** Starts Postgres with the settings of production and creates every schema. Stop it with `database.drop()`. */
export async function openOwnPostgres(): Promise<OwnPostgresInstallation> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-own-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  const connections: Client[] = [];
  const connect = async (role = SUPERUSER, database = 'souk'): Promise<Client> => {
    const client = new Client(postgres.url(role, database));
    client.on('error', () => undefined); // the test crashes Postgres
    await client.connect();
    connections.push(client);
    return client;
  };
  await (await connect(SUPERUSER, 'postgres')).query('create database souk');
  await prepareSchemas(postgres.url(SUPERUSER, 'souk'), ROSTER, (role) => postgres.passwordOf(role));
  const openBooks = async () => new Books(await connect());
  return {
    postgres,
    secrets: newSecrets(),
    books: await openBooks(),
    openBooks,
    database: {
      url: (role = SUPERUSER) => postgres.url(role, 'souk'),
      connect: (role) => connect(role),
      async drop() {
        await Promise.all(connections.map((client) => client.end().catch(() => undefined)));
        await postgres.stop();
        rmSync(folder, { recursive: true });
      },
    },
  };
}
