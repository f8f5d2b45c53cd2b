import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompiledQuery, sql } from 'kysely';
import type { RequestContext } from '../context/index.ts';
import { createTestDatabase, recordQueries, testContext, until, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, type SampleSchema } from '../testing/sample/sample.entity.ts';
import { UnitOfWork, type ReadTransaction } from './index.ts';

type Tx = ReadTransaction<SampleSchema>;

let database: TestDatabase;
let unitOfWork: UnitOfWork<SampleSchema>;
const [alice, bob] = [randomUUID(), randomUUID()];
const tenants = [testContext(), testContext({ userId: alice }), testContext({ userId: bob })];
const [ctx = testContext()] = tenants;
const SHELVES = 20;
const shelfIds = new Map<string, string[]>();

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
  for (const tenant of tenants) {
    const ids = Array.from({ length: SHELVES }, () => randomUUID());
    shelfIds.set(tenant.tenantId, ids);
    await unitOfWork.run(tenant, ({ db }) =>
      sql`insert into shelf (id, name) select unnest(${ids}::uuid[]), ${`of ${tenant.tenantId}`}`.execute(db),
    );
  }
});
afterAll(() => database.drop());

const run = async <Row>({ db }: Tx, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> =>
  (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
const read = <Row>(as: RequestContext, text: string, values?: readonly unknown[]) =>
  unitOfWork.quickRead(as, (tx) => run<Row>(tx, text, values));

test('thousands of reads of several tenants at once see the rows of their own tenant and user only', async () => {
  const all = [...shelfIds.values()].flat();
  interface Seen {
    readonly tenant_id: string;
    readonly name: string;
    readonly user_id: string;
    readonly turn: number;
  }
  const reads = Array.from({ length: 4000 }, async (_, turn) => {
    const tenant = tenants[turn % tenants.length] ?? ctx;
    const user = tenant.actor.kind === 'user' ? tenant.actor.userId : '';
    const rows = await read<Seen>(
      tenant,
      `select tenant_id, name, current_setting('app.user_id') as user_id, $2::int as turn from shelf where id = any($1)`,
      [all, turn],
    );
    expect(rows).toHaveLength(SHELVES);
    for (const row of rows)
      expect(row).toEqual({
        tenant_id: tenant.tenantId,
        name: `of ${tenant.tenantId}`,
        user_id: user,
        turn,
      });
  });
  await Promise.all(reads);
});

test('failing reads between the others lose no answer and leave no tenant behind', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 600 }, (_, turn) =>
      turn % 3 === 0
        ? read(tenants[1] ?? ctx, `select 1 / (${turn} - $1::int)`, [turn])
        : read<{ count: number }>(ctx, 'select count(*)::int as count from shelf where id = any($1)', [
            [...shelfIds.values()].flat(),
          ]),
    ),
  );
  outcomes.forEach((outcome, turn) => {
    if (turn % 3 === 0) expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
    else expect(outcome).toMatchObject({ status: 'fulfilled', value: [{ count: SHELVES }] });
  });
  const leftOver = await unitOfWork.callFunction<{ setting: string | null }>('current_setting', [
    'app.tenant_id',
    true,
  ]);
  expect(Object.values(leftOver[0] ?? {})).toEqual([expect.not.stringMatching(/./)]);
});

test('a tenant or a user that is not a UUID is refused before anything is sent', async () => {
  for (const tenantId of ['', 'x', `${randomUUID()}'; --`]) {
    await expect(read({ ...ctx, tenantId }, 'select 1')).rejects.toThrow(TypeError);
  }
  const actor = { kind: 'user', userId: 'x', role: 'SHOPPER', scopes: [] } as const;
  await expect(read({ ...ctx, actor }, 'select 1')).rejects.toThrow(TypeError);
});

test('a write is refused, also one that turns writing on first', async () => {
  await expect(read(ctx, `insert into shelf (id, name) values ($1, 'x')`, [randomUUID()])).rejects.toMatchObject({
    code: '25006',
  });
  await expect(
    read(
      ctx,
      `with on_again as materialized (select set_config('transaction_read_only', 'off', true))
       update shelf set name = 'x' where (select set_config from on_again) is not null`,
    ),
  ).rejects.toMatchObject({ code: '25006' });
  const [shelf] = await read<{ count: number }>(ctx, `select count(*)::int as count from shelf where name = 'x'`);
  expect(shelf).toEqual({ count: 0 });
});

test('a read is one statement for the log, and its values never reach the text', async () => {
  await read(ctx, 'select $1::int as n', [1]);
  const { statements } = await recordQueries(() => read(ctx, 'select $1::int as n', [2]));
  expect(statements).toEqual(['select $1::int as n']);
});

test('a statement runs at most 3 seconds, for staff and shoppers', async () => {
  const staff = testContext({ tenantId: ctx.tenantId, userId: alice });
  const [row] = await read<{ statement_timeout: string }>(staff, 'show statement_timeout');
  expect(row?.statement_timeout).toBe('3s');
});

test('the context ends with the statement: a transaction on the same connection has its own', async () => {
  await Promise.all(Array.from({ length: 100 }, () => read(ctx, 'select 1')));
  const timeouts = await Promise.all(
    Array.from({ length: 20 }, () =>
      unitOfWork.run(
        ctx,
        async ({ db }) => (await sql<{ statement_timeout: string }>`show statement_timeout`.execute(db)).rows,
      ),
    ),
  );
  expect(timeouts.flat().every(({ statement_timeout }) => statement_timeout === '30s')).toBe(true);
});

test('a slow statement does not hold up reads that begin later', async () => {
  const admin = await database.connect();
  await admin.query('select pg_advisory_lock(77)');
  const returned: string[] = [];
  const slow = Array.from({ length: 3 }, () =>
    read(ctx, 'select pg_advisory_xact_lock_shared(77)').finally(() => returned.push('slow')),
  );
  const quick: Promise<unknown>[] = [];
  await until(async () => {
    quick.push(read(ctx, 'select 1').finally(() => returned.push('quick'))); // the first ones may be behind a slow one
    return returned.length > 0;
  });
  expect(returned[0]).toBe('quick');
  await admin.query('select pg_advisory_unlock(77)');
  await Promise.allSettled([...slow, ...quick]);
});

test('reads survive the loss of their connections', async () => {
  const admin = await database.connect();
  const shelves = () => read<{ count: number }>(ctx, 'select count(*)::int as count, pg_sleep($1) from shelf', [0.01]);
  for (let loss = 0; loss < 5; loss++) {
    const running = Array.from({ length: 60 }, shelves);
    await until(async () => {
      const { rowCount } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'sample_app' and state = 'active'`,
      );
      return (rowCount ?? 0) > 0;
    });
    for (const rows of await Promise.all(running)) expect(rows[0]?.count).toBe(SHELVES);
  }
});
