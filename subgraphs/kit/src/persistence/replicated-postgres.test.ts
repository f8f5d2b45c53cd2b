import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Client, type ClientConfig } from 'pg';
import { DatabaseUnavailableError } from '../context/index.ts';
import type { EventEnvelope } from '../contracts/index.ts';
import { testContext, until } from '../testing/index.ts';
import { SAMPLE, startPostgresPair, type PostgresPair } from '../testing/postgres-pair.ts';
import { SAMPLE_ENTITIES, ShelfEntity } from '../testing/sample/sample.entity.ts';
import { isFromStandby } from './database-outage.ts';
import {
  connectToPrimary,
  DatabaseReadiness,
  openOrm,
  OutboxRelay,
  PreparingClient,
  StandbyError,
  UnitOfWork,
} from './index.ts';

let pair: PostgresPair;
const orms: MikroORM[] = [];
const ctx = testContext();

beforeAll(async () => void (pair = await startPostgresPair()), 60_000);
afterAll(async () => {
  await Promise.all(orms.map((orm) => orm.close()));
  await pair.stop();
});

async function openAt(url: string, Base = PreparingClient): Promise<MikroORM> {
  const orm = await openOrm({ url, schema: 'sample', entities: SAMPLE_ENTITIES, Client: Base });
  orms.push(orm);
  return orm;
}

const addShelf = (orm: MikroORM) =>
  new UnitOfWork(orm).run(ctx, async (tx) => {
    tx.em.create(ShelfEntity, { name: randomUUID() });
    tx.outbox.append({ subject: 'sample.shelf.counted', version: 1, aggregateId: randomUUID(), payload: {} });
  });

const addressOf = (postgres: PostgresPair['primary']) => pair.url('sample_app', [postgres]);

test.each(['standby', 'primary'] as const)(
  'with the %s as the first host, work is done at the primary',
  async (first) => {
    const order = first === 'standby' ? [pair.standby, pair.primary] : [pair.primary, pair.standby];
    await addShelf(await openAt(pair.url('sample_app', order)));
    const admin = await connectToPrimary(pair.url('postgres', order));
    const { rows } = await admin.query(
      'select pg_is_in_recovery() as standby, count(*)::int > 0 as found from sample.shelf',
    );
    expect(rows).toEqual([{ standby: false, found: true }]);
    await admin.end();
  },
);

test('work that reaches only a standby fails as database unavailable', async () => {
  await expect(connectToPrimary(pair.url('postgres', [pair.standby]))).rejects.toThrow(StandbyError);
  await expect(addShelf(await openAt(addressOf(pair.standby)))).rejects.toThrow(DatabaseUnavailableError);
}, 20_000);

/** A client that seems to be connected by a pooler, which hides whether a server is a standby. */
class PooledClient extends PreparingClient {
  constructor(config?: string | ClientConfig) {
    super(config);
    const { connection } = this as unknown as { readonly connection: NodeJS.EventEmitter };
    const emit = connection.emit.bind(connection);
    connection.emit = (name, ...rest: unknown[]) => name !== 'parameterStatus' && emit(name, ...rest);
  }
}

test('a standby behind a pooler counts as an outage for writing work, and a write inside a read does not', async () => {
  const orm = await openAt(addressOf(pair.standby), PooledClient);
  await expect(addShelf(orm)).rejects.toThrow(DatabaseUnavailableError);
  const unitOfWork = new UnitOfWork(await openAt(addressOf(pair.primary)));
  const write = unitOfWork.read(ctx, (tx) =>
    tx.em.getConnection().execute('delete from sample.box', [], 'run', tx.db as never),
  );
  await expect(write).rejects.toMatchObject({ code: '25006' });
}, 20_000);

test('Postgres refuses writes on a standby with the expected codes', async () => {
  const client = new Client(addressOf(pair.standby));
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`select set_config('app.tenant_id', '${ctx.tenantId}', false)`);
  for (const statement of ['begin read write', 'delete from sample.box', 'create temporary table t ()']) {
    const refusal: unknown = await client.query(statement).catch((error: unknown) => error);
    expect([statement, refusal, isFromStandby(refusal)]).toEqual([statement, expect.any(Error), true]);
  }
  await client.end();
});

test('a database is ready when it accepts writes and has the tables of this version', async () => {
  const problems: (string | null)[] = [];
  const readinessOf = async (url: string, Base?: typeof PreparingClient) =>
    new DatabaseReadiness(await openAt(url, Base), SAMPLE, (problem) => problems.push(problem));
  const ready = await readinessOf(pair.url('sample_app'));
  expect(await ready.check()).toBe(true);
  for (const Base of [PreparingClient, PooledClient])
    expect(await (await readinessOf(addressOf(pair.standby), Base)).check()).toBe(false);
  expect(problems.splice(0)).toEqual(Array(2).fill('Postgres is a standby, which takes no writes'));

  const recorded = await pair.execute(
    pair.primary,
    `delete from sample.schema_migration where name = '0001_sample.sql' returning *`,
  );
  expect([await ready.check(), await ready.check()]).toEqual([false, false]);
  expect(problems.splice(0)).toEqual([expect.stringContaining('sample lacks 0001_sample.sql of this version')]);
  await pair.execute(
    pair.primary,
    `insert into sample.schema_migration (name, checksum) values ('0001_sample.sql', '${String(recorded[0]?.['checksum'])}')`,
  );
  expect(await ready.check()).toBe(true);
  await pair.execute(pair.primary, 'alter table sample.schema_migration rename to elsewhere');
  expect(await ready.check()).toBe(false);
  await pair.execute(pair.primary, 'alter table sample.elsewhere rename to schema_migration');
  expect(await ready.check()).toBe(true);
  expect(problems).toEqual([null, expect.stringContaining('lacks every migration'), null]);
});

test('when the primary dies and the standby takes its place, work and relay continue there', async () => {
  const published: EventEnvelope[] = [];
  const relay = new OutboxRelay({
    url: pair.url('sample_relay'),
    schema: 'sample',
    pollMs: 50,
    publish: async (envelopes) => void published.push(...envelopes),
    onError: () => undefined,
  });
  relay.start();
  const orm = await openAt(pair.url('sample_app'));
  await addShelf(orm);
  await until(async () => (await pair.execute(pair.primary, 'select from sample.outbox_event')).length === 0);
  published.length = 0;
  await pair.primary.stop();
  const added = addShelf(orm);
  await pair.execute(pair.standby, 'select pg_promote()');
  await added;
  await until(() => published.length > 0);
  await relay.stop();
}, 30_000);
