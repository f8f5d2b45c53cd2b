import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
// The imports name files instead of index files, because Node loads this file's imports directly and only strips types.
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../../infra/platform/src/embedded-postgres/start-embedded-postgres.ts';
import { migrate, type SchemaMigrations } from '../persistence/migrate.ts';
import { prepareDatabase } from '../persistence/prepare-database.ts';
import { announceTestPostgres } from './environment.ts';

declare global {
  var soukTestPostgres: { readonly postgres: EmbeddedPostgres; readonly directory: string } | undefined;
}

/**
 * Settings that trade durability for speed, because the data of the test server is deleted after the run. `max_connections` is high: one
 * Souk on a busy machine opens up to 90 connections, and each of the test files that run in parallel may start several Souks.
 */
const FAST_AND_FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '800',
};
const SUBGRAPHS = fileURLToPath(new URL('../../../', import.meta.url));
const SAMPLE = fileURLToPath(new URL('sample', import.meta.url));

/** Starts one Postgres for the whole run and migrates the template that every test file clones. */
export default async function globalSetup(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'souk-test-'));
  const postgres = await startEmbeddedPostgres({
    dataDirectory: join(directory, 'postgres'),
    settings: FAST_AND_FORGETFUL,
  });
  globalThis.soukTestPostgres = { postgres, directory };
  try {
    const broken = await createTemplate(postgres);
    announceTestPostgres({ port: postgres.port, secret: postgres.secret, broken });
  } catch (error) {
    await postgres.stop(); // Jest runs no teardown after a failed setup
    throw error;
  }
}

/** The schemas of the product, which are found by their folders of migrations, and the sample schema of the kit's own tests. */
function schemas(): SchemaMigrations[] {
  const folders = readdirSync(SUBGRAPHS).filter((name) => name !== 'kit');
  const found = folders.map((schema) => ({ schema, directory: join(SUBGRAPHS, schema, 'migrations') }));
  return [...found.filter(({ directory }) => existsSync(directory)), { schema: 'sample', directory: SAMPLE }];
}

/** Creates the template database. When the migrations of a schema fail, only the tests of that schema fail, with the reason. */
async function createTemplate(postgres: EmbeddedPostgres): Promise<Record<string, string>> {
  await withClient(postgres.url('postgres', 'postgres'), (admin) => admin.query('create database souk_template'));
  const broken: Record<string, string> = {};
  await withClient(postgres.url('postgres', 'souk_template'), async (template) => {
    for (const migrations of schemas()) {
      const { schema } = migrations;
      const passwords = { app: postgres.passwordOf(`${schema}_app`), relay: postgres.passwordOf(`${schema}_relay`) };
      await prepareDatabase(template, schema, passwords);
      await migrate(template, migrations).catch((error: unknown) => (broken[schema] = String(error)));
    }
  });
  return broken;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
