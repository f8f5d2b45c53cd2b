import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { PageRequest } from '../domain/index.ts';
import { createTestDatabase, recordQueries, testContext, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, type SampleSchema } from '../testing/sample/sample.entity.ts';
import { keysetPage, PreparedPages, UnitOfWork, type Direction } from './index.ts';

let database: TestDatabase;
let unitOfWork: UnitOfWork<SampleSchema>;
const ctx = testContext();
const pages = new PreparedPages<{ readonly content: number }>();

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
  await unitOfWork.run(ctx, async ({ db }) => {
    await sql`insert into shelf (id, name) values (${randomUUID()}, 'Main')`.execute(db);
    await sql`
      insert into box (id, shelf_id, label, kind, weight, content, packed_at)
      select gen_random_uuid(), (select id from shelf), 'box ' || n % 7, 'SMALL', n % 5, n % 2, now() + n * interval '1 microsecond'
        from generate_series(1, 40) n`.execute(db);
  });
});
afterAll(() => database.drop());

interface Asked {
  readonly content: number;
  readonly direction: Direction;
  readonly page: PageRequest;
}

/** Reads the same page with `keysetPage` and with `PreparedPages`. */
function bothWays({ content, direction, page }: Asked) {
  return unitOfWork.quickRead(ctx, async ({ db }) => {
    const listOf = (given: { readonly content: number }) => ({
      query: db.selectFrom('box').select(['box.id', 'box.label']).where('box.content', '=', given.content),
      sort: [{ by: 'box.packed_at', direction } as const],
      id: 'box.id' as const,
    });
    const { query, ...order } = listOf({ content });
    const compiledEachTime = await keysetPage(query, { ...order, filter: { content }, page });
    const prepared = await pages.read({
      db,
      shape: direction,
      inputs: { content },
      filter: { content },
      page,
      build: listOf,
    });
    return [compiledEachTime, prepared].map((found) =>
      found.ok
        ? { ...found.value, cursorOf: null, cursors: found.value.rows.map((row) => found.value.cursorOf(row as never)) }
        : found,
    );
  });
}

test('a prepared page has the rows and cursors of a page that is compiled each time', async () => {
  for (const direction of ['asc', 'desc'] as const) {
    for (const content of [0, 1]) {
      const [first] = await bothWays({ content, direction, page: { first: 7 } });
      const cursor = first && 'endCursor' in first ? first.endCursor : null;
      for (const page of [
        { first: 7 },
        { first: 5, after: cursor },
        { last: 5, before: cursor },
        { last: 3 },
        { first: 0 },
        { after: 'x' },
      ]) {
        const [compiledEachTime, prepared] = await bothWays({ content, direction, page });
        expect(prepared).toEqual(compiledEachTime);
      }
    }
  }
});

test('a cursor of another filter is refused', async () => {
  const [first] = await bothWays({ content: 0, direction: 'asc', page: { first: 7 } });
  const after = first && 'endCursor' in first ? first.endCursor : null;
  const [, refused] = await bothWays({ content: 1, direction: 'asc', page: { after } });
  expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } });
});

test('requests that differ in values share a text, so Postgres prepares it once', async () => {
  const texts = async (content: number) =>
    (await recordQueries(() => bothWays({ content, direction: 'asc', page: { first: 9 } }))).statements.at(-1);
  expect(await texts(0)).toBe(await texts(1));
});
