import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { err, failure, ok } from '../domain/index.ts';
import { createTestDatabase, testContext, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, ShelfEntity } from '../testing/sample/sample.entity.ts';
import { UnitOfWork, type IdempotentCall } from './index.ts';

let database: TestDatabase;
let unitOfWork: UnitOfWork<unknown>;
const ctx = testContext({ userId: randomUUID() });

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
});
afterAll(() => database.drop());

const callOf = (key: string | null, input: unknown = { name: 'Harbour', priority: 1 }): IdempotentCall => ({
  key,
  operation: 'shelfCreate',
  input,
});

function createShelf(call: IdempotentCall, caller = ctx) {
  return unitOfWork.once(caller, call, async (tx) => {
    const shelf = tx.em.create(ShelfEntity, { name: call.key ?? 'none' });
    return ok({ id: shelf.id, createdAt: shelf.createdAt, notes: [{ at: shelf.createdAt, $date: 'no date' }] });
  });
}

const created = (name: string) => unitOfWork.read(ctx, ({ em }) => em.count(ShelfEntity, { name }));

test('50 concurrent calls with one key run the effect once and all get its result', async () => {
  const results = await Promise.all(Array.from({ length: 50 }, () => createShelf(callOf('fifty'))));
  const [first] = results;
  expect(first).toMatchObject({ ok: true });
  for (const result of results) expect(result).toEqual(first);
  expect(await created('fifty')).toBe(1);
});

test('a stored result keeps its dates', async () => {
  await createShelf(callOf('dates'));
  const repeated = await createShelf(callOf('dates'));
  if (!repeated.ok) throw new Error('refused');
  expect(repeated.value.createdAt).toBeInstanceOf(Date);
  expect(repeated.value.notes).toEqual([{ at: repeated.value.createdAt, $date: 'no date' }]);
});

test('inputs are equal whatever the order of their fields, and whatever the key', async () => {
  const first = await createShelf(callOf('fields', { name: 'a', priority: 1, idempotencyKey: 'fields' }));
  expect(await createShelf(callOf('fields', { priority: 1, name: 'a' }))).toEqual(first);
});

test.each([
  ['another input', callOf('reused', { name: 'b' }), ctx],
  ['another mutation', { ...callOf('reused'), operation: 'shelfDelete' }, ctx],
])('%s under the same key is refused', async (_what, call, caller) => {
  await createShelf(callOf('reused'));
  expect(await createShelf(call, caller)).toMatchObject({
    ok: false,
    error: { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
  });
  expect(await created('reused')).toBe(1);
});

test('the key is free again after a refusal and after an error', async () => {
  const refuse = async () => err(failure('SHELF_FULL', 'The shelf is full'));
  expect(await unitOfWork.once(ctx, callOf('failed'), refuse)).toMatchObject({ error: { code: 'SHELF_FULL' } });
  await expect(unitOfWork.once(ctx, callOf('failed'), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await createShelf(callOf('failed'));
  expect(await created('failed')).toBe(1);
});

test('a key belongs to its caller: another user or a caller without a login can use the same text', async () => {
  const key = 'fulfil-order-D100026-1';
  const callers = [
    { ...ctx, actor: { kind: 'anonymous' as const } },
    testContext({ tenantId: ctx.tenantId, userId: randomUUID() }),
    { ...ctx, actor: { kind: 'system' as const, name: 'job' } },
    ctx,
  ];
  for (const [index, caller] of callers.entries())
    expect(await createShelf(callOf(key, { name: String(index) }), caller)).toMatchObject({ ok: true });
  expect(await created(key)).toBe(callers.length);
});

test('a call that an earlier version stored under the key alone is not carried out again', async () => {
  const first = await createShelf(callOf('earlier'));
  const admin = await database.connect();
  await admin.query(`update sample.idempotency_record set key = 'earlier' where key like 'user % earlier'`);
  expect(await createShelf(callOf('earlier'))).toEqual(first);
  expect(await created('earlier')).toBe(1);
});

test('a key belongs to its tenant', async () => {
  const mine = await createShelf(callOf('shared'));
  expect(await createShelf(callOf('shared'), testContext())).not.toEqual(mine);
});

test('without a key every call has its effect', async () => {
  await createShelf(callOf(null));
  await createShelf(callOf(null));
  expect(await created('none')).toBe(2);
});

test.each(['', 'k'.repeat(256), 'nul\0'])('the key %j is refused', async (key) => {
  expect(await createShelf(callOf(key))).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_KEY_INVALID' } });
});

test('after 24 hours a key is free again', async () => {
  const first = await createShelf(callOf('old'));
  const admin = await database.connect();
  await admin.query(
    `update sample.idempotency_record set created_at = now() - interval '25 hours' where key like '% old'`,
  );
  expect(await createShelf(callOf('old', { name: 'other' }))).not.toEqual(first);
  expect(await created('old')).toBe(2);
});

test('a result that JSON would change is refused, with a key or without', async () => {
  const leakEntity = (key: string | null) =>
    unitOfWork.once(ctx, callOf(key), async (tx) => ok({ shelf: tx.em.create(ShelfEntity, { name: 'entity' }) }));
  await expect(leakEntity('entity')).rejects.toThrow('result.shelf is a Shelf');
  await expect(leakEntity(null)).rejects.toThrow('result.shelf is a Shelf');
  expect(await created('entity')).toBe(0);
});

test('the key of a caller without a login must have 16 characters or more', async () => {
  const stranger = { ...ctx, actor: { kind: 'anonymous' as const } };
  expect(await createShelf(callOf('1'), stranger)).toMatchObject({
    ok: false,
    error: { code: 'IDEMPOTENCY_KEY_INVALID', field: ['idempotencyKey'] },
  });
  expect(await createShelf(callOf(randomUUID()), stranger)).toMatchObject({ ok: true });
});
