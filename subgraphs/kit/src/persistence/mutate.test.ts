import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineScope, type RequestContext, type Scope } from '../context/index.ts';
import { err, failure, ok, uniqueViolations } from '../domain/index.ts';
import { createTestDatabase, testActors, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, ShelfEntity } from '../testing/sample/sample.entity.ts';
import { mutate, UnitOfWork } from './index.ts';

let database: TestDatabase;
let unitOfWork: UnitOfWork<unknown>;
const ShelvesWrite = defineScope({ name: 'shelves:write', roles: ['OWNER'] });
const { staff, shopper, stranger } = testActors(['shelves:write']);
const violations = uniqueViolations(['shelf_pkey'], 'SHELF_TAKEN', 'There is a shelf with this id', 'id');

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
});
afterAll(() => database.drop());

interface Creation {
  readonly id: string;
  readonly idempotencyKey?: string;
}

function createShelf(ctx: RequestContext, input: Creation, scope: Scope | null = ShelvesWrite) {
  const mutation = { scope, operation: 'shelfCreate', input, uniqueViolations: violations };
  return mutate(unitOfWork, ctx, mutation, async (tx) => {
    tx.em.create(ShelfEntity, { id: input.id, name: 'Main' });
    await tx.em.flush();
    return ok({ id: input.id });
  });
}

const count = (id: string) => unitOfWork.read(staff, ({ em }) => em.count(ShelfEntity, { id }));

test('a caller without the scope is refused before anything is written', async () => {
  const id = randomUUID();
  await expect(createShelf(shopper, { id })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await expect(createShelf(stranger, { id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await count(id)).toBe(0);
});

test('a mutation without a scope is open to shoppers', async () => {
  const id = randomUUID();
  expect(await createShelf(shopper, { id }, null)).toEqual({ ok: true, value: { id } });
});

test('a listed violation is a failure, and leaves the idempotency key free', async () => {
  const [taken, free] = [randomUUID(), randomUUID()];
  const idempotencyKey = 'violation';
  await createShelf(staff, { id: taken });
  expect(await createShelf(staff, { id: taken, idempotencyKey })).toEqual({
    ok: false,
    error: { code: 'SHELF_TAKEN', message: 'There is a shelf with this id', field: ['id'] },
  });
  expect(await createShelf(staff, { id: free, idempotencyKey })).toEqual({ ok: true, value: { id: free } });
});

test('a violation that is not listed is thrown', async () => {
  const id = randomUUID();
  await createShelf(staff, { id });
  const mutation = { scope: null, operation: 'shelfCreate', input: {} };
  await expect(
    mutate(unitOfWork, staff, mutation, async (tx) => {
      tx.em.create(ShelfEntity, { id, name: 'Main' });
      await tx.em.flush();
      return ok(id);
    }),
  ).rejects.toThrow('shelf_pkey');
});

test('a repeated call with the same key returns the first result', async () => {
  const input = { id: randomUUID(), idempotencyKey: 'repeated' };
  const first = await createShelf(staff, input);
  expect(await createShelf(staff, input)).toEqual(first);
  expect(await count(input.id)).toBe(1);
});

test('a refusal is rolled back', async () => {
  const id = randomUUID();
  const mutation = { scope: ShelvesWrite, operation: 'shelfCreate', input: {} };
  const refused = await mutate(unitOfWork, staff, mutation, async (tx) => {
    tx.em.create(ShelfEntity, { id, name: 'Main' });
    await tx.em.flush();
    return err(failure('FULL', 'The room is full'));
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'FULL' } });
  expect(await count(id)).toBe(0);
});
