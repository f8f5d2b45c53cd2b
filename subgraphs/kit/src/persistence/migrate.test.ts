import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { migrate, prepareDatabase } from './index.ts';

const OF_THE_KIT = readdirSync(new URL('../../migrations/', import.meta.url))
  .toSorted()
  .map((file) => `kit/${file}`);

let database: TestDatabase;

beforeAll(async () => void (database = await createTestDatabase()));
const folders: string[] = [];
afterAll(async () => {
  await database.drop();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

test('five processes that start at once run each migration once', async () => {
  const directory = await folderWith({ '0003_once.sql': 'create table once ()' });
  const runs = await Promise.all(Array.from({ length: 5 }, () => migrateSample(directory)));
  expect(runs.flat()).toEqual(['0003_once.sql']);
});

test('a migration that was changed after it ran is refused', async () => {
  await migrateSample(await folderWith({ '0004_a.sql': 'select 1' }));
  const again = migrateSample(await folderWith({ '0004_a.sql': 'select 2' }));
  await expect(again).rejects.toThrow('sample/0004_a.sql was changed after it ran');
});

test('a migration that fails leaves nothing behind and can be corrected', async () => {
  const broken = await folderWith({ '0005_b.sql': 'create table half (); select 1 / 0' });
  await expect(migrateSample(broken)).rejects.toThrow('Migration sample/0005_b.sql failed: division by zero');
  const mended = await folderWith({ '0005_b.sql': 'create table half ()' });
  expect(await migrateSample(mended)).toEqual(['0005_b.sql']);
});

test('tables of a migration belong to the owner role, and the application role may use them', async () => {
  await migrateSample(await folderWith({ '0006_c.sql': 'create table owned ()' }));
  const admin = await database.connect();
  const { rows } = await admin.query(
    `select schemaname, tableowner, has_table_privilege('sample_app', 'sample.owned', 'insert') as writable
       from pg_tables where tablename = 'owned'`,
  );
  expect(rows).toEqual([{ schemaname: 'sample', tableowner: 'sample_owner', writable: true }]);
});

test('the application role reads the record of migrations and cannot change it', async () => {
  const app = await database.connect('sample_app');
  const { rows } = await app.query<{ name: string }>('select name from sample.schema_migration');
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(OF_THE_KIT));
  for (const change of [
    `insert into sample.schema_migration (name, checksum) values ('9999_later.sql', '')`,
    `update sample.schema_migration set checksum = ''`,
    'delete from sample.schema_migration',
    'truncate sample.schema_migration',
  ])
    await expect(app.query(change)).rejects.toMatchObject({ code: '42501' });
});

test('a new schema gets the tables of the kit before its own, and several can be prepared at once', async () => {
  const schemas = ['fresh_one', 'fresh_two', 'fresh_one'];
  const directory = await folderWith({ '0001_d.sql': `create table mine (tenant_id uuid default current_tenant())` });
  const ran = await Promise.all(
    schemas.map(async (schema) => {
      const admin = await database.connect();
      await prepareDatabase(admin, schema, { app: 'secret', relay: null });
      return migrate(admin, { schema, directory });
    }),
  );
  expect(ran.filter(({ length }) => length > 0)).toEqual([
    [...OF_THE_KIT, '0001_d.sql'],
    [...OF_THE_KIT, '0001_d.sql'],
  ]);
});

test('an administrator who is not a superuser can prepare and migrate', async () => {
  const admin = await database.connect();
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  await admin.query(`create role deployer login createrole password 'deployer'`);
  await admin.query(`grant connect, create on database ${rows[0]?.name} to deployer`);
  try {
    const deployer = await database.connect('deployer', 'deployer');
    await prepareDatabase(deployer, 'deployed', { app: 'secret', relay: 'secret' });
    await prepareDatabase(deployer, 'deployed', { app: 'secret', relay: 'secret' });
    expect(await migrate(deployer, { schema: 'deployed', directory: await folderWith({}) })).toEqual(OF_THE_KIT);
  } finally {
    await admin.query(`drop schema if exists deployed cascade; drop owned by deployer cascade`);
    await admin.query(`drop role if exists deployed_owner, deployed_app, deployed_relay, deployer`);
  }
});

test.each(['sample; drop schema sample', 'Sample', '', 'a'.repeat(60)])(
  '%j is no name for a schema',
  async (schema) => {
    const admin = await database.connect();
    const attempt = prepareDatabase(admin, schema, { app: null, relay: null });
    await expect(attempt).rejects.toThrow('is not a plain SQL identifier');
  },
);

async function migrateSample(directory: string): Promise<string[]> {
  return migrate(await database.connect(), { schema: 'sample', directory });
}

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-migrations-'));
  folders.push(folder);
  await Promise.all(Object.entries(files).map(([name, sql]) => writeFile(join(folder, name), sql)));
  return folder;
}
