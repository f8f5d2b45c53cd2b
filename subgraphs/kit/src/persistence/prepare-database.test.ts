import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { createTestDatabase, RecordingClient, recordQueries, type TestDatabase } from '../testing/index.ts';
import { closeOtherDatabases, otherDatabases, prepareDatabase, shareOfConnections } from './index.ts';

let database: TestDatabase;
let admin: Client;
let name: string;
beforeAll(async () => {
  database = await createTestDatabase();
  admin = await database.connect();
  name = (await admin.query<{ name: string }>('select current_database() as name')).rows[0]?.name ?? '';
  await prepareDatabase(admin, 'guarded', { app: 'secret', relay: 'secret' }, { app: 2, relay: 1 });
});
afterAll(async () => {
  await admin.query('drop schema guarded cascade; drop owned by guarded_owner, guarded_app, guarded_relay');
  await admin.query('drop role guarded_owner, guarded_app, guarded_relay');
  await database.drop();
});

const privileges = async (role: string, of: string) => {
  const { rows } = await admin.query<{ connect: boolean; temporary: boolean }>(
    `select has_database_privilege($1, $2, 'connect') as connect, has_database_privilege($1, $2, 'temporary') as temporary`,
    [role, of],
  );
  return rows[0];
};

test('a role logs in with a password that no statement names', async () => {
  const recording = new RecordingClient(database.url());
  await recording.connect();
  const { statements } = await recordQueries(() =>
    prepareDatabase(recording, 'guarded', { app: 'a new secret', relay: null }),
  );
  await recording.end();
  expect(statements.filter((each) => each.includes('a new secret'))).toEqual([]);
  expect(statements).toContainEqual(expect.stringMatching(/alter role guarded_app password +'SCRAM-SHA-256\$/));
  const app = await database.connect('guarded_app', encodeURIComponent('a new secret'));
  expect((await app.query('select current_user as role')).rows).toEqual([{ role: 'guarded_app' }]);
  await app.end();
  await expect(database.connect('guarded_app', 'secret')).rejects.toMatchObject({ code: '28P01' });
  await prepareDatabase(admin, 'guarded', { app: 'secret', relay: 'secret' }, { app: 2, relay: 1 });
});

test('a role cannot open more connections than its limit', async () => {
  const held = [await database.connect('guarded_app', 'secret'), await database.connect('guarded_app', 'secret')];
  await expect(database.connect('guarded_app', 'secret')).rejects.toMatchObject({ code: '53300' });
  await Promise.all(held.map((client) => client.end()));
});

test('roles may connect to their database, and make no temporary tables in it; other roles may do neither', async () => {
  await admin.query('create role passer_by login');
  expect(await privileges('passer_by', name)).toEqual({ connect: false, temporary: false });
  await admin.query('drop role passer_by');
  for (const role of ['guarded_app', 'guarded_relay'])
    expect(await privileges(role, name)).toEqual({ connect: true, temporary: false });
});

test('other databases that roles can connect to are listed, and can be closed to them', async () => {
  await admin.query(`create database ${name}_other`);
  try {
    expect(await otherDatabases(admin, 'guarded_app')).toContain(`${name}_other`);
    // All test files share one server, and their databases must stay open. The role `closer` owns a single other database, so this call can
    // close only that database.
    const owner = await database.connect();
    await owner.query(`create role closer nologin; alter database ${name}_other owner to closer; set role closer`);
    await closeOtherDatabases(owner, 'guarded_app');
    expect(await otherDatabases(admin, 'guarded_app')).not.toContain(`${name}_other`);
    expect(await privileges('closer', `${name}_other`)).toEqual({ connect: true, temporary: true });
    await owner.end();
  } finally {
    await admin.query(`drop database ${name}_other`);
    await admin.query('drop role if exists closer');
  }
});

test.each([
  [97, 5, { app: 14, relay: 4 }],
  [197, 5, { app: 31, relay: 7 }],
  [397, 5, { app: 63, relay: 15 }],
])('of %i connections, %i subgraphs get %j each', (available, subgraphs, share) => {
  expect(shareOfConnections(available, subgraphs)).toEqual(share);
  expect(subgraphs * (share.app + share.relay)).toBeLessThan(available);
});
