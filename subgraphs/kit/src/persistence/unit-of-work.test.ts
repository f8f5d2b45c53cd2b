import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OptimisticLockError, type MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, sql } from 'kysely';
import type { RequestContext } from '../context/index.ts';
import { err, expectVersion, ok } from '../domain/index.ts';
import { createTestDatabase, recordQueries, testContext, until, type TestDatabase } from '../testing/index.ts';
import { BoxEntity, SAMPLE_ENTITIES, ShelfEntity, type SampleSchema } from '../testing/sample/sample.entity.ts';
import { UnitOfWork, type Transaction } from './index.ts';
import { CommitUnknownError } from './retry.ts';

let database: TestDatabase;
let orm: MikroORM;
let unitOfWork: UnitOfWork<SampleSchema>;
const ctx = testContext();
const [alice, bob] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const asAlice = testContext({ tenantId: ctx.tenantId, userId: alice });
const asBob = testContext({ tenantId: ctx.tenantId, userId: bob });

beforeAll(async () => {
  database = await createTestDatabase();
  orm = await database.openOrm('sample', SAMPLE_ENTITIES);
  unitOfWork = new UnitOfWork(orm);
});
afterAll(() => database.drop());

const createShelf = (name = 'Main', caller = ctx) =>
  unitOfWork.run(caller, async (tx) => tx.em.create(ShelfEntity, { name }).id);
const readShelf = (id: string) => unitOfWork.read(ctx, (tx) => tx.em.findOneOrFail(ShelfEntity, id));

test('the ORM reports a connected database before the first query', async () => {
  const fresh = await database.openOrm('sample', SAMPLE_ENTITIES);
  expect(await fresh.isConnected()).toBe(true);
});

test('a statement that reads for a caller without scopes is canceled long before a statement of staff', async () => {
  const timeoutOf = (tx: Transaction<SampleSchema>) =>
    tx.db.executeQuery<{ statement_timeout: string }>(CompiledQuery.raw('show statement_timeout'));
  const as = (actor: RequestContext['actor']) => ({ ...ctx, actor });
  const user = { kind: 'user', userId: alice, role: 'SHOPPER' } as const;
  const read = async (actor: RequestContext['actor']) =>
    (await unitOfWork.read(as(actor), timeoutOf)).rows[0]?.statement_timeout;

  expect(await read({ kind: 'anonymous' })).toBe('3s');
  expect(await read({ ...user, scopes: [] })).toBe('3s');
  expect(await read({ ...user, scopes: ['orders:read'] })).toBe('30s');
  const writing = await unitOfWork.run(as({ kind: 'anonymous' }), timeoutOf);
  expect(writing.rows[0]?.statement_timeout).toBe('30s');
});

test('beginning a transaction as a tenant and a user costs one round trip', async () => {
  const { statements } = await recordQueries(() => unitOfWork.read(asAlice, (tx) => tx.em.count(ShelfEntity)));
  expect(statements).toEqual([
    `begin read only; select set_config('app.tenant_id', '${ctx.tenantId}', true), set_config('app.user_id', '${alice}', true), set_config('statement_timeout', '3s', true)`,
    expect.stringContaining('select count(*)'),
    'commit',
  ]);
});

test('entities and Kysely share the transaction', async () => {
  const name = await unitOfWork.run(ctx, async (tx) => {
    const { id } = tx.em.create(ShelfEntity, { name: 'Harbour' });
    await tx.em.flush();
    return tx.db.selectFrom('shelf').select('name').where('id', '=', id).executeTakeFirstOrThrow();
  });
  expect(name).toEqual({ name: 'Harbour' });
});

test('a column has the same type through an entity and through Kysely', async () => {
  const id = randomUUID();
  const packedAt = new Date('2030-01-01T10:00:00.123Z');
  const read = await unitOfWork.run(ctx, async (tx) => {
    const shelf = tx.em.create(ShelfEntity, { name: 'Typed' });
    const box = {
      id,
      tenantId: tx.tenantId,
      shelf,
      label: 'a',
      kind: 'SMALL',
      weight: '0.100000',
      content: 5,
      packedAt,
    };
    tx.em.create(BoxEntity, box);
    await tx.em.flush();
    return tx.db.selectFrom('box').select(['packed_at', 'content', 'weight']).where('id', '=', id).execute();
  });
  const entity = await unitOfWork.read(ctx, (tx) => tx.em.findOneOrFail(BoxEntity, id));
  expect(read).toEqual([{ packed_at: packedAt, content: 5, weight: '0.100000' }]);
  expect(entity).toMatchObject({ packedAt, content: 5, weight: '0.100000' });
});

test('an entity that was only read is not written', async () => {
  const id = await createShelf();
  const { statements } = await recordQueries(() => unitOfWork.run(ctx, (tx) => tx.em.findOneOrFail(ShelfEntity, id)));
  expect(statements).toHaveLength(3);
});

test('an aggregate records its creator and its last editor, and counts its versions', async () => {
  const id = await createShelf('Main', asAlice);
  const made = await readShelf(id);
  expect(made).toMatchObject({ tenantId: ctx.tenantId, createdBy: alice, updatedBy: alice, version: 1 });

  const renamed = await unitOfWork.run(asBob, async (tx) => {
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    shelf.name = 'Renamed';
    return shelf;
  });
  const changed = await readShelf(id);
  expect(changed).toMatchObject({ createdBy: alice, createdAt: made.createdAt, updatedBy: bob, version: 2 });
  expect(changed.updatedAt.getTime()).toBeGreaterThan(made.updatedAt.getTime());
  expect(renamed).toMatchObject({ updatedBy: bob, version: 2, updatedAt: changed.updatedAt });
});

test('a statement that bypasses the ORM sets the same columns', async () => {
  const id = randomUUID();
  await unitOfWork.run(asAlice, (tx) => sql`insert into shelf (id, name) values (${id}, 'Raw')`.execute(tx.db));
  const made = await readShelf(id);
  expect(made).toMatchObject({ createdBy: alice, updatedBy: alice, version: 1 });

  await unitOfWork.run(ctx, (tx) =>
    tx.db.updateTable('shelf').set({ priority: 3, created_by: bob }).where('id', '=', id).execute(),
  );
  const changed = await readShelf(id);
  expect(changed).toMatchObject({ priority: 3, createdBy: alice, updatedBy: null, version: 2 });
  expect(changed.updatedAt.getTime()).toBeGreaterThan(made.updatedAt.getTime());
});

test('a deleted row is hidden unless the query disables the filter', async () => {
  const id = await createShelf();
  await unitOfWork.run(ctx, async (tx) => {
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    shelf.deletedAt = new Date();
  });
  await unitOfWork.read(ctx, async (tx) => {
    expect(await tx.em.findOne(ShelfEntity, id)).toBeNull();
    expect(await tx.em.findOne(ShelfEntity, id, { filters: { notDeleted: false } })).not.toBeNull();
  });
});

test('a change that was overtaken runs again on the newer state', async () => {
  const id = await createShelf();
  const seen: number[] = [];
  await unitOfWork.run(ctx, async (tx) => {
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    seen.push(shelf.priority);
    if (seen.length === 1) await addPriority(id, 10);
    shelf.priority += 1;
  });
  expect(seen).toEqual([0, 10]);
  expect(await readShelf(id)).toMatchObject({ priority: 11, version: 3 });
});

test('an overtaken change with an expected version returns a conflict', async () => {
  const id = await createShelf();
  let meanwhile = () => addPriority(id, 10);
  const result = await unitOfWork.run(ctx, async (tx) => {
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    const expected = expectVersion(shelf.version, 1);
    if (!expected.ok) return expected;
    await meanwhile();
    meanwhile = async () => undefined;
    shelf.priority += 1;
    return ok(shelf.priority);
  });
  expect(result).toMatchObject({ ok: false, error: { code: 'VERSION_CONFLICT', currentVersion: 2 } });
});

test('two transactions that deadlock both succeed', async () => {
  const [one, other] = [await createShelf(), await createShelf()];
  const both = Promise.withResolvers<void>();
  let holding = 0;
  const raise = (first: string, second: string) =>
    unitOfWork.run(ctx, async (tx) => {
      await tx.db.updateTable('shelf').set({ priority: 1 }).where('id', '=', first).execute();
      if (++holding === 2) both.resolve();
      await both.promise;
      await tx.db.updateTable('shelf').set({ priority: 2 }).where('id', '=', second).execute();
    });
  await Promise.all([raise(one, other), raise(other, one)]);
  expect(holding).toBe(3); // one was the victim of a deadlock and ran again
});

test('work that is overtaken every time fails after the last retry', async () => {
  const id = await createShelf();
  let attempts = 0;
  const overtaken = unitOfWork.run(ctx, async (tx) => {
    attempts++;
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    await addPriority(id, 1);
    shelf.priority = -1;
  });
  await expect(overtaken).rejects.toThrow(OptimisticLockError);
  expect(attempts).toBe(4);
});

test('an error rolls back everything and releases the connection', async () => {
  const id = randomUUID();
  const failing = unitOfWork.run(ctx, async (tx) => {
    tx.em.create(ShelfEntity, { id, name: 'Main' });
    await tx.em.flush();
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await unitOfWork.read(ctx, (tx) => tx.em.findOne(ShelfEntity, id))).toBeNull();
});

test('a failed result rolls back everything and is returned', async () => {
  const id = randomUUID();
  const refused = await unitOfWork.run(ctx, async (tx) => {
    tx.em.create(ShelfEntity, { id, name: 'Main' });
    tx.outbox.append({ subject: 'sample.shelf.created', version: 1, aggregateId: id, payload: {} });
    await tx.em.flush();
    return err({ code: 'SHELF_FULL' });
  });
  expect(refused).toEqual({ ok: false, error: { code: 'SHELF_FULL' } });
  expect(await unitOfWork.read(ctx, (tx) => tx.em.findOne(ShelfEntity, id))).toBeNull();
});

test('a query cannot write', async () => {
  const writing = unitOfWork.read(ctx, (tx) => tx.db.deleteFrom('shelf').execute());
  await expect(writing).rejects.toMatchObject({ code: '25006' });
});

test('a pooled connection does not keep its tenant', async () => {
  await createShelf();
  const unasked = orm.em.fork().find(ShelfEntity, {});
  await expect(unasked).rejects.toThrow(/app\.tenant_id|invalid input syntax for type uuid/);
});

test('another tenant sees nothing', async () => {
  await createShelf();
  expect(await unitOfWork.read(testContext(), (tx) => tx.em.count(ShelfEntity))).toBe(0);
});

test('a tenant or a user that is not a UUID never reaches Postgres', async () => {
  const injected = "'; drop schema sample --";
  const attempt = (caller: typeof ctx) =>
    recordQueries(() => unitOfWork.run(caller, async () => 'ran').catch((error: Error) => error.message));
  expect(await attempt({ ...ctx, tenantId: injected })).toEqual({ result: 'tenantId is not a UUID', statements: [] });
  expect(await attempt(testContext({ userId: injected }))).toEqual({ result: 'userId is not a UUID', statements: [] });
});

test('a commit waits for the disk', async () => {
  // The test server runs with `synchronous_commit = off`. The new connection below gets the default of production.
  const admin = await database.connect();
  const { rows } = await admin.query<{ name: string }>('select quote_ident(current_database()) as name');
  await admin.query(`alter database ${rows[0]?.name} set synchronous_commit = on`);
  const syncing = new UnitOfWork<SampleSchema>(await database.openOrm('sample', SAMPLE_ENTITIES));
  const setting = await syncing.run(ctx, async (tx) => {
    const show = CompiledQuery.raw(`select current_setting('synchronous_commit') as commit`);
    return (await tx.db.executeQuery<{ commit: string }>(show)).rows[0]?.commit;
  });
  expect(setting).toBe('on');
});

test('a write that nothing waited for fails the unit of work, and nothing is committed', async () => {
  const [first, second] = [randomUUID(), randomUUID()];
  const insert = (tx: Transaction<SampleSchema>, id: string) =>
    sql`insert into shelf (id, name) values (${id}, 'Unwaited')`.execute(tx.db);
  const failing = unitOfWork.run(ctx, async (tx) => {
    tx.write(insert(tx, first));
    tx.write(insert(tx, second));
    tx.write(insert(tx, second));
  });
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  expect(await unitOfWork.read(ctx, (tx) => tx.em.find(ShelfEntity, { id: [first, second] }))).toEqual([]);
  await unitOfWork.run(ctx, async (tx) => tx.write(insert(tx, first)));
  expect(await readShelf(first)).toMatchObject({ name: 'Unwaited' });
});

test('work that continues after its transaction has ended reaches no other transaction', async () => {
  const ended = Promise.withResolvers<void>();
  let late: Promise<unknown> | undefined;
  const failing = unitOfWork.run(ctx, async (tx) => {
    late = ended.promise.then(() => tx.db.deleteFrom('shelf').execute());
    late.catch(() => undefined);
    throw new Error('one of two parts failed');
  });
  await expect(failing).rejects.toThrow('one of two parts failed');
  ended.resolve();
  await expect(late).rejects.toThrow('The transaction has ended');
});

describe('when connections are cut', () => {
  async function cutConnections(): Promise<void> {
    const admin = await database.connect();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'sample_app' and datname = current_database()`,
    );
  }

  test('a running transaction runs again on another connection, and has its effect once', async () => {
    const name = randomUUID();
    let attempts = 0;
    const id = await unitOfWork.run(ctx, async (tx) => {
      const shelf = tx.em.create(ShelfEntity, { name });
      await tx.em.flush();
      if (attempts++ === 0) await cutConnections();
      await tx.em.count(ShelfEntity);
      return shelf.id;
    });
    expect(attempts).toBe(2);
    expect(await unitOfWork.read(ctx, (tx) => tx.em.find(ShelfEntity, { name }))).toEqual([
      expect.objectContaining({ id }),
    ]);
  });

  test('a transaction that is cut during its commit is not run again: it may be committed', async () => {
    const admin = await database.connect();
    await admin.query(`
      create function public.slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(10); return null; end $$;
      create constraint trigger slow after insert on sample.shelf deferrable initially deferred for each row execute function public.slowly()`);
    let attempts = 0;
    const failure = unitOfWork
      .run(ctx, async (tx) => {
        attempts += 1;
        return tx.em.create(ShelfEntity, { name: 'Cut' }).id;
      })
      .catch((error: unknown) => error);
    const committing = `select from pg_stat_activity where query = 'commit' and state = 'active' and usename = 'sample_app' and datname = current_database()`;
    await until(async () => (await admin.query(committing)).rowCount);
    await cutConnections();
    expect(await failure).toBeInstanceOf(CommitUnknownError);
    expect(attempts).toBe(1);
    await admin.query('drop function public.slowly() cascade');
  });

  test('a read that is cut during its commit returns its rows', async () => {
    const count = await unitOfWork.read(ctx, async (tx) => {
      const found = await tx.em.count(ShelfEntity);
      await cutConnections();
      return found;
    });
    expect(count).toBeGreaterThan(0);
  });
});

test('a job over all tenants finds the due rows of every tenant, and only their ids', async () => {
  const tenants = [testContext(), testContext()];
  const ids = await Promise.all(tenants.map((tenant) => createEmptyBox(tenant)));
  const due = await unitOfWork.due('empty_boxes', 10);
  expect(due).toEqual(expect.arrayContaining(ids.map((id, index) => ({ tenantId: tenants[index]?.tenantId, id }))));
  expect(await unitOfWork.due('empty_boxes', 1)).toHaveLength(1);
});

test('a text that Postgres cannot store is refused as invalid input', async () => {
  await expect(createShelf('nul \0 inside')).rejects.toMatchObject({
    name: 'InvalidTextError',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

function addPriority(id: string, added: number): Promise<void> {
  return unitOfWork.run(ctx, async (tx) => {
    const shelf = await tx.em.findOneOrFail(ShelfEntity, id);
    shelf.priority += added;
  });
}

function createEmptyBox(caller: typeof ctx): Promise<string> {
  return unitOfWork.run(caller, async (tx) => {
    const shelf = tx.em.create(ShelfEntity, { name: 'Main' });
    const id = randomUUID();
    tx.em.create(BoxEntity, {
      id,
      tenantId: tx.tenantId,
      shelf,
      label: 'empty',
      kind: 'SMALL',
      weight: '1',
      content: 0,
    });
    return id;
  });
}
