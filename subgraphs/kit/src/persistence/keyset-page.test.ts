import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { PageRequest } from '../domain/index.ts';
import { createTestDatabase, recordQueries, testContext, type TestDatabase } from '../testing/index.ts';
import { SAMPLE_ENTITIES, type SampleSchema } from '../testing/sample/sample.entity.ts';
import { keysetPage, mapPage, UnitOfWork, type KeysetPage, type PageOptions, type SortBy } from './index.ts';

type Options = Pick<PageOptions<SampleSchema, 'box'>, 'sort' | 'filter'> & PageRequest;
type Sort = SortBy<SampleSchema, 'box'>;

let database: TestDatabase;
let unitOfWork: UnitOfWork<SampleSchema>;
const ctx = testContext();
const COUNT = 53;

beforeAll(async () => {
  database = await createTestDatabase();
  unitOfWork = new UnitOfWork(await database.openOrm('sample', SAMPLE_ENTITIES));
  await unitOfWork.run(ctx, async ({ db }) => {
    await sql`insert into shelf (id, name) values (${randomUUID()}, 'Main')`.execute(db);
    // The rows have equal labels and weights. Their times differ by less than a millisecond, the precision of a Date.
    await sql`
      insert into box (id, shelf_id, label, kind, weight, content, packed_at)
      select gen_random_uuid(), (select id from shelf), 'box ' || n % 7, case when n % 2 = 0 then 'SMALL' else 'LARGE' end,
             n % 5, n % 3, timestamptz '2030-01-01' + n * interval '1 microsecond'
        from generate_series(1, ${COUNT}::integer) n`.execute(db);
  });
});
afterAll(() => database.drop());

const read = ({ sort = [], filter = null, ...request }: Partial<Options> = {}) =>
  unitOfWork.read(ctx, ({ db }) =>
    keysetPage(db.selectFrom('box').select(['box.id', 'box.label', 'box.packed_at']), {
      sort,
      id: 'box.id',
      filter,
      page: request,
    }),
  );

type Row = { id: string; label: string; packed_at: Date };

async function page(options: Partial<Options> = {}): Promise<KeysetPage<Row>> {
  const result = await read(options);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const asc = (by: Sort['by']): Sort => ({ by, direction: 'asc' });
const desc = (by: Sort['by']): Sort => ({ by, direction: 'desc' });

test.each<[string, Sort[], string]>([
  ['by nothing but the id', [], 'id'],
  ['by a time finer than a Date, newest first', [desc('box.packed_at')], 'packed_at desc, id desc'],
  ['by a text, then a number', [asc('box.label'), asc('box.weight')], 'label, weight, id'],
  [
    'in mixed directions',
    [asc('box.label'), desc('box.weight'), asc('box.content')],
    'label, weight desc, content, id',
  ],
  ['in mixed directions, the last one down', [asc('box.content'), desc('box.label')], 'content, label desc, id desc'],
  ['by an expression', [desc(sql`lower(box.label) || box.kind`)], 'lower(label) || kind desc, id desc'],
])('sorted %s, the pages together are the whole list', async (_how, sort, orderBy) => {
  const paged: string[] = [];
  let after: string | null = null;
  do {
    const next: KeysetPage<Row> = await page({ sort, first: 10, after });
    paged.push(...next.rows.map(({ id }) => id));
    expect(next.hasNextPage).toBe(paged.length < COUNT);
    after = next.hasNextPage ? next.endCursor : null;
  } while (after);
  const admin = await database.connect();
  const { rows } = await admin.query<{ id: string }>(`select id from sample.box order by ${orderBy}`);
  expect(paged).toEqual(rows.map(({ id }) => id));
});

/** Reads all boxes in pages, from the end of the list to the start. */
async function readBack(options: Partial<Options>): Promise<string[]> {
  const pages: string[][] = [];
  let before: string | null = null;
  do {
    const { rows, hasPreviousPage, hasNextPage, cursorOf }: KeysetPage<Row> = await page({ ...options, before });
    expect(hasNextPage).toBe(pages.length > 0);
    pages.unshift(rows.map(({ id }) => id));
    const [start] = rows;
    before = hasPreviousPage && start ? cursorOf(start) : null;
  } while (before);
  return pages.flat();
}

const sortOf = fc.record({
  by: fc.constantFrom<Sort['by']>('box.label', 'box.weight', 'box.content', 'box.packed_at'),
  direction: fc.constantFrom<Sort['direction']>('asc', 'desc'),
});

test('pages read backwards hold the same list as pages read forwards, for every sort', async () => {
  const lists = fc.record({ sort: fc.array(sortOf, { maxLength: 3 }), last: fc.integer({ min: 6, max: COUNT + 1 }) });
  await fc.assert(
    fc.asyncProperty(lists, async ({ sort, last }) => {
      const forwards = (await page({ sort, first: 200 })).rows.map(({ id }) => id);
      expect(await readBack({ sort, last })).toEqual(forwards);
    }),
    { numRuns: 25 },
  );
});

test('a page between two cursors holds the rows between them, counted from either end', async () => {
  const { rows, cursorOf } = await page({ first: 9 });
  const [from, to] = [rows[1], rows[7]];
  if (!from || !to) throw new Error('no rows');
  const between = { after: cursorOf(from), before: cursorOf(to) };
  const both = { hasNextPage: true, hasPreviousPage: true };
  expect(await page({ ...between, first: 3 })).toMatchObject({ rows: rows.slice(2, 5), ...both });
  expect(await page({ ...between, last: 3 })).toMatchObject({ rows: rows.slice(4, 7), ...both });
  expect((await page(between)).rows).toEqual(rows.slice(2, 7));
});

test('without `first` and `last`, `before` alone reads backwards', async () => {
  const { rows, cursorOf } = await page({ first: 200 });
  const last = rows.at(-1);
  if (!last) throw new Error('no rows');
  expect((await page({ before: cursorOf(last) })).rows).toEqual(rows.slice(COUNT - 51, -1));
});

test('a page reports whether other pages precede it', async () => {
  const { hasPreviousPage, endCursor } = await page({ first: 10 });
  expect(hasPreviousPage).toBe(false);
  expect((await page({ first: 10, after: endCursor })).hasPreviousPage).toBe(true);
});

test.each([0, -1, 201, 1.5, Number.NaN])('last: %d is refused', async (last) => {
  expect(await read({ last })).toMatchObject({ ok: false, error: { code: 'INVALID_LAST', field: ['last'] } });
});

test('`first` together with `last` is refused', async () => {
  const error = { message: '`first` pages forwards and `last` backwards: give one of them', field: ['last'] };
  expect(await read({ first: 1, last: 1 })).toMatchObject({ ok: false, error });
});

test('a page holds the selected columns and nothing else', async () => {
  const [row] = (await page({ first: 1 })).rows;
  expect(Object.keys(row ?? {}).sort()).toEqual(['id', 'label', 'packed_at']);
});

test('every row has a cursor, and a page after that cursor misses no row', async () => {
  const first = await page({ first: 5 });
  const [second, third] = [first.rows[1], first.rows[2]];
  if (!second) throw new Error('no row');
  expect((await page({ first: 1, after: first.cursorOf(second) })).rows).toEqual([third]);
  expect(() => first.cursorOf({ ...second })).toThrow('cursorOf takes a row of its own page');
});

test('cursors stay when rows are mapped to other objects', async () => {
  const boxes = await page({ first: 2 });
  const mapped = mapPage(boxes, ({ label }) => ({ name: label }));
  expect(mapped.rows.map((row) => mapped.cursorOf(row))).toEqual(boxes.rows.map((row) => boxes.cursorOf(row)));
});

test('a page has 50 rows by default, read in one statement', async () => {
  const { result, statements } = await recordQueries(() => page());
  expect(result.rows).toHaveLength(50);
  expect(statements).toHaveLength(3); // with begin and commit
});

test('an empty list has no cursor and no next page', async () => {
  const empty = await unitOfWork.read(testContext(), ({ db }) =>
    keysetPage(db.selectFrom('box').select('box.id'), { sort: [], id: 'box.id', filter: null, page: {} }),
  );
  expect(empty).toMatchObject({ ok: true, value: { rows: [], hasNextPage: false, endCursor: null } });
});

test.each([0, -1, 201, 1.5, Number.NaN])('first: %d is refused', async (first) => {
  expect(await read({ first })).toMatchObject({ ok: false, error: { code: 'INVALID_FIRST', field: ['first'] } });
});

test('a cursor is valid for its own sort and filter only', async () => {
  const { endCursor: after } = await page({ first: 1, sort: [asc('box.label')], filter: { kind: 'SMALL' } });
  expect(await read({ after, sort: [asc('box.label')], filter: { kind: 'SMALL' } })).toMatchObject({ ok: true });
  for (const foreign of [
    { sort: [desc('box.label')], filter: { kind: 'SMALL' } },
    { sort: [asc('box.weight')], filter: { kind: 'SMALL' } },
    { sort: [asc('box.label')], filter: { kind: 'LARGE' } },
  ])
    expect(await read({ after, ...foreign })).toMatchObject({ ok: false, error: { code: 'INVALID_CURSOR' } });
});

test.each([
  ['not base64', '%%%'],
  ['not JSON', Buffer.from('hello').toString('base64url')],
  ['not a list', Buffer.from('{"a":1}').toString('base64url')],
  ['an empty text', ''],
  ['changed by hand', Buffer.from('["aaaaaaaaaaaaaaaa","not a uuid"]').toString('base64url')],
])('a cursor that is %s is refused', async (_what, cursor) => {
  for (const argument of ['after', 'before'])
    expect(await read({ [argument]: cursor })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_CURSOR', field: [argument] },
    });
});

test('a deep page is found by the index, not by counting rows', async () => {
  const after = (await page({ sort: [asc('box.packed_at')], first: 10 })).endCursor;
  const { statements } = await recordQueries(() => page({ sort: [asc('box.packed_at')], after }));
  const condition = statements.find((statement) => statement.includes('where'));
  expect(condition).toContain('("box"."packed_at", "box"."id") > ($1, $2)');
  const back = await recordQueries(() => page({ sort: [asc('box.packed_at')], before: after }));
  expect(back.statements.find((statement) => statement.includes('where'))).toMatch(
    /\("box"\."packed_at", "box"\."id"\) < \(\$1, \$2\).*order by "box"\."packed_at" desc, "box"\."id" desc/,
  );
  const plan = await unitOfWork.run(ctx, async ({ db }) => {
    await sql`set local enable_seqscan = off`.execute(db);
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select id from box where tenant_id = ${ctx.tenantId}
        and (packed_at, id) > ('2030-01-01', ${randomUUID()}) order by packed_at, id limit 10`.execute(db);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
  expect(plan).toMatch(/Index Cond: .*ROW\(packed_at, id\) >/);
  expect(plan).not.toContain('Sort');
});
