import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startEmbeddedPostgres, SUPERUSER, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { migrate, prepareDatabase } from '../persistence/index.ts';

/** A primary with the tables of the sample schema, and a standby that replicates it. */
export interface PostgresPair {
  readonly primary: EmbeddedPostgres;
  readonly standby: EmbeddedPostgres;
  /** The connection string of a role, with both hosts. @param order the hosts in the order in which they are tried */
  url(role: string, order?: readonly EmbeddedPostgres[]): string;
  /** Runs a statement as the administrator. */
  execute(at: EmbeddedPostgres, statement: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

const DATABASE = 'postgres';
export const SAMPLE = { schema: 'sample', directory: fileURLToPath(new URL('sample', import.meta.url)) };

/** Starts the pair. The standby begins as a copy of the stopped primary's files (Postgres manual, 25.2 and 26.2). */
export async function startPostgresPair(): Promise<PostgresPair> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-pair-'));
  const [ofPrimary, ofStandby] = [join(folder, 'primary'), join(folder, 'standby')];
  const first = await startEmbeddedPostgres({ dataDirectory: ofPrimary });
  await prepare(first);
  await first.stop();
  execFileSync('cp', ['-a', ofPrimary, ofStandby]);
  execFileSync('cp', ['-a', `${ofPrimary}.secret`, `${ofStandby}.secret`]);
  // `standby.signal` is a copy of another file, because the copy has the permissions that Postgres needs to open it. Postgres ignores the
  // content.
  execFileSync('cp', ['-a', join(ofStandby, 'PG_VERSION'), join(ofStandby, 'standby.signal')]);
  const primary = await startEmbeddedPostgres({ dataDirectory: ofPrimary });
  const login = `user=${SUPERUSER} password=${primary.passwordOf(SUPERUSER)}`;
  const standby = await startEmbeddedPostgres({
    dataDirectory: ofStandby,
    settings: { primary_conninfo: `host=127.0.0.1 port=${primary.port} ${login}` },
  });
  return {
    primary,
    standby,
    url: (role, order = [primary, standby]) =>
      `postgres://${role}:${primary.passwordOf(role)}@${order.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${DATABASE}`,
    execute: (at, statement) => executeAt(at, statement),
    async stop() {
      await standby.stop();
      await primary.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function prepare(postgres: EmbeddedPostgres): Promise<void> {
  const client = new Client(postgres.url(SUPERUSER, DATABASE));
  await client.connect();
  try {
    const passwords = { app: postgres.passwordOf('sample_app'), relay: postgres.passwordOf('sample_relay') };
    await prepareDatabase(client, 'sample', passwords);
    await migrate(client, SAMPLE);
  } finally {
    await client.end();
  }
}

async function executeAt(postgres: EmbeddedPostgres, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client(postgres.url(SUPERUSER, DATABASE));
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}
