import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '@souk/launcher/bootstrap';
import { HAS_NATS, startNats, type TestNats } from '@souk/kit/testing';
import { freePorts, startEmbeddedPostgres, SUPERUSER, type EmbeddedPostgres } from '@souk/platform/embedded-postgres';
import { Client } from 'pg';
import { migrateEngines } from './migrate.ts';

const suite = HAS_NATS ? describe : describe.skip;
const PASSWORD = 'of the migration';

/**
 * This suite starts its own Postgres, because roles belong to a server. On the shared test server, the superuser has already created the
 * roles.
 */
suite(`the migration of compose${HAS_NATS ? '' : ' (skipped: there is no nats-server on this machine)'}`, () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let server: TestNats;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'souk-migration-role-'));
    chmodSync(folder, 0o755);
    const [port = 0] = await freePorts(1);
    postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'postgres'), port });
    server = await startNats();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  async function asSuperuser<Row extends object>(database: string, sql: string): Promise<Row[]> {
    const admin = new Client(postgres.url(SUPERUSER, database));
    await admin.connect();
    const { rows } = await admin.query<Row>(sql);
    await admin.end();
    return rows;
  }

  test('succeeds as a role that is not a superuser, and a second run changes nothing', async () => {
    const passwordFile = join(folder, 'migration-password');
    writeFileSync(passwordFile, `${PASSWORD}\n`);
    const init = readFileSync(join(ROOT, 'infra/compose/postgres-init.sql'), 'utf8');
    await asSuperuser('postgres', 'create database souk');
    await asSuperuser('souk', init.replace('/run/secrets/migration-password', passwordFile));

    const url = new URL(postgres.url(SUPERUSER, 'souk'));
    url.username = 'migration';
    url.password = encodeURIComponent(PASSWORD);
    const environment = {
      databaseAdminUrl: url.href,
      nats: { url: server.url },
      streams: {},
      server: {},
      passwordOf: (role: string) => `of ${role}`,
    };
    expect((await migrateEngines(environment)).length).toBeGreaterThan(0);
    expect(await migrateEngines(environment)).toEqual([]);
    const roles = await asSuperuser<{ rolname: string }>(
      'souk',
      `select rolname from pg_roles where (rolsuper or rolbypassrls) and rolname <> '${SUPERUSER}'`,
    );
    expect(roles).toEqual([]);
    const open = await asSuperuser<{ datname: string }>(
      'souk',
      `select datname from pg_database where datallowconn and has_database_privilege('orders_app', oid, 'connect')`,
    );
    expect(open).toEqual([{ datname: 'souk' }]);
    url.username = 'orders_app';
    url.password = encodeURIComponent('of orders_app');
    const application = new Client(url.href);
    await application.connect();
    await application.end();
  }, 60_000);
});
