import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEmbeddedPostgres, SUPERUSER, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';
import { prepareSchemas } from './databases.ts';
import { ROSTER } from '../roster/roster.ts';

const DATABASE = 'souk';
let folder: string;
let postgres: EmbeddedPostgres;

async function query(role: string, database: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client(postgres.url(role, database));
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'souk-server-'));
  postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres') });
  await query(SUPERUSER, 'postgres', `create database ${DATABASE}`);
  const open: string[] = [];
  for (const isExclusive of [false, true]) {
    await prepareSchemas(postgres.url(SUPERUSER, DATABASE), ROSTER, postgres.passwordOf, {
      isExclusive,
      onOpenDatabases: (names) => open.push(...names),
    });
  }
  expect(open).toEqual(['postgres', 'template1']); // on a shared server the other databases are only reported
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

test.each(['catalog_app', 'payments_relay'])('%s connects to the database of Souk and to no other', async (role) => {
  expect(await query(role, DATABASE, 'select 1 as one')).toEqual([{ one: 1 }]);
  for (const other of ['postgres', 'template1'])
    await expect(query(role, other, 'select 1')).rejects.toMatchObject({ code: '42501' });
});

test('no role may create a temporary table', async () => {
  for (const role of ['catalog_app', 'catalog_relay'])
    await expect(query(role, DATABASE, 'create temporary table t ()')).rejects.toMatchObject({ code: '42501' });
});

test('the roles of all subgraphs together cannot use up the connections of the server', async () => {
  const [counts] = await query(
    SUPERUSER,
    DATABASE,
    `select sum(rolconnlimit)::int < current_setting('max_connections')::int as bounded, min(rolconnlimit) > 0 as each
       from pg_roles where rolname like '%\\_app' or rolname like '%\\_relay'`,
  );
  expect(counts).toEqual({ bounded: true, each: true });
});
