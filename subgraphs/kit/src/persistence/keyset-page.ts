import { sql, type Expression, type SelectQueryBuilder, type Simplify, type StringReference } from 'kysely';
import {
  ok,
  pageOfRows,
  pageRange,
  withCursors,
  type InvalidPage,
  type PageRange,
  type PageRequest,
  type Result,
} from '../domain/index.ts';
import { ANY_VALUE, codecOfText, type CursorCodec } from './cursor.ts';

export type Direction = 'asc' | 'desc';

/** One criterion of a sort. The column must not be nullable, because a comparison with null is neither true nor false. */
export interface SortBy<DB, TB extends keyof DB> {
  /** `table.column`, or an expression over columns that the select can see. */
  readonly by: StringReference<DB, TB> | Expression<unknown>;
  readonly direction: Direction;
}

/** The list and the page to read. */
export interface PageOptions<DB, TB extends keyof DB> {
  /** The sort criteria, the most important first. May be empty. */
  readonly sort: readonly SortBy<DB, TB>[];
  /** The unique column that orders rows with equal sort values. Its direction is the direction of the last criterion. */
  readonly id: StringReference<DB, TB>;
  /** The filter of the list as the caller sent it (JSON). A cursor is valid only for the filter with which it was made. */
  readonly filter: unknown;
  readonly page: PageRequest;
}

/** One page of rows, in list order. */
export interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly endCursor: string | null;
  /** The cursor of one of `rows`, by object identity. @throws TypeError for an object that is not in `rows` */
  cursorOf(row: Row): string;
}

/** The name of the column with the sort values. The column is selected beside the caller's columns, and removed from the result. */
const KEY = 'keyset_key';

/**
 * Reads one page of `query`, which must not have an order or a limit. With an index on (tenant_id, ...sort, id), the cost of a page does
 * not depend on its distance from the start of the list.
 */
export async function keysetPage<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  options: PageOptions<DB, TB>,
): Promise<Result<KeysetPage<Simplify<Row>>, InvalidPage>> {
  const asked = pageRange(options.page);
  if (!asked.ok) return asked;
  const terms = sortTerms(options);
  const codec = codecOfText(listIdentity(sortIdentity(terms), options.filter), patternsOf(terms));
  const range = withCursors(asked.value, (cursor) => codec.decode(cursor));
  if (!range.ok) return range;

  // The cast is needed because Kysely cannot infer the selection of a generic query.
  const found = await pageQuery(query, terms, range.value)
    .limit(range.value.size + 1)
    .execute();
  return ok(pageOf<Simplify<Row>>(found as unknown as KeyedRow[], range.value, codec));
}

/** The sort of a list, as JSON. */
export const sortIdentity = (terms: readonly SortTerm[]): string =>
  JSON.stringify(terms.map(({ by, direction }) => [by.toOperationNode(), direction]));

/** The identity of a list for its cursors: its sort and its filter, as JSON. */
export const listIdentity = (sort: string, filter: unknown): string => `[${sort},${JSON.stringify(filter) ?? 'null'}]`;

/** A pattern for each sort term that matches every value, because a column may have any type. */
export const patternsOf = (terms: readonly SortTerm[]): readonly RegExp[] => terms.map(() => ANY_VALUE);

/** The same page with other rows, for instance domain objects. The cursors stay the same. */
export function mapPage<Row, Other extends object>(page: KeysetPage<Row>, map: (row: Row) => Other): KeysetPage<Other> {
  const origins = new Map(page.rows.map((row) => [map(row), row]));
  return {
    rows: [...origins.keys()],
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    get endCursor() {
      return page.endCursor;
    },
    cursorOf: (row) => page.cursorOf(ownValue(origins, row)),
  };
}

/** A page range with decoded cursors: the values of the sort criteria and of the id. */
export type Range = PageRange<readonly string[]>;

/** One sort criterion, as a Kysely expression. */
export interface SortTerm {
  readonly by: Expression<unknown>;
  readonly direction: Direction;
}

/** A row with the exact text of its sort values. A Date would lose the microseconds, and the next page would skip rows. */
export type KeyedRow = Record<string, unknown> & { readonly [KEY]: readonly string[] };

export function sortTerms<DB, TB extends keyof DB>({ sort, id }: Pick<PageOptions<DB, TB>, 'sort' | 'id'>): SortTerm[] {
  const terms = [...sort, { by: id, direction: sort.at(-1)?.direction ?? 'asc' }];
  return terms.map(({ by, direction }) => ({ by: typeof by === 'string' ? sql.ref(by) : by, direction }));
}

export function pageQuery<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  terms: readonly SortTerm[],
  { isBackward, after, before }: Range,
) {
  const key = sql<string[]>`json_build_array(${sql.join(terms.map(({ by }) => sql`${by}::text`))})`;
  const behind = terms.map(inReverse);
  const sorted = (isBackward ? behind : terms).reduce(
    (sorting, { by, direction }) => sorting.orderBy(by, direction),
    query.select(key.as(KEY)),
  );
  const started = after ? sorted.where(isAfter(terms, after)) : sorted;
  return before ? started.where(isAfter(behind, before)) : started;
}

function inReverse({ by, direction }: SortTerm): SortTerm {
  return { by, direction: direction === 'asc' ? 'desc' : 'asc' };
}

/**
 * The condition for rows after a cursor. The cursor's values are text literals without a type, because Postgres infers
 * the type from the other side of the comparison.
 */
function isAfter(
  terms: readonly SortTerm[],
  values: readonly string[],
): Expression<boolean> & ReturnType<typeof sql<boolean>> {
  const [head] = terms;
  if (head && terms.every(({ direction }) => direction === head.direction)) {
    // Postgres can use a row comparison as one index condition.
    const left = sql.join(terms.map(({ by }) => by));
    return sql<boolean>`(${left}) ${beyond(head.direction)} (${sql.join(values)})`;
  }
  return isAfterInMixedDirections(terms, values);
}

/**
 * The condition for several directions: `a > 1 or (a = 1 and (b < 2 or ...))`. The preceding condition `a >= 1` lets Postgres use an index
 * on `a`.
 */
function isAfterInMixedDirections(
  terms: readonly SortTerm[],
  values: readonly string[],
): ReturnType<typeof sql<boolean>> {
  const [term, ...others] = terms;
  const [value, ...otherValues] = values;
  if (!term) return sql<boolean>`false`;
  const operator = beyond(term.direction);
  if (others.length === 0) return sql<boolean>`${term.by} ${operator} ${value}`;
  const rest = isAfterInMixedDirections(others, otherValues);
  return sql<boolean>`(${term.by} ${operator}= ${value} and (${term.by} ${operator} ${value} or ${rest}))`;
}

const beyond = (direction: Direction) => (direction === 'asc' ? sql.raw('>') : sql.raw('<'));

export function pageOf<Row>(found: readonly KeyedRow[], range: Range, codec: CursorCodec): KeysetPage<Row> {
  const { rows: keyed, ...page } = pageOfRows(range, found);
  const keys = new Map<Row, readonly string[]>();
  for (const { [KEY]: key, ...row } of keyed) {
    // The row now has only the columns that the caller selected.
    keys.set(row as Row, key);
  }
  const rows = [...keys.keys()];
  const last = rows.at(-1);
  const cursorOf = (row: Row) => codec.encode(ownValue(keys, row)); // lazy: each cursor needs a checksum
  return {
    ...page,
    rows,
    get endCursor() {
      return last === undefined ? null : cursorOf(last);
    },
    cursorOf,
  };
}

function ownValue<Row, Value>(values: ReadonlyMap<Row, Value>, row: Row): Value {
  const value = values.get(row);
  if (value === undefined) throw new TypeError('cursorOf takes a row of its own page, as the same object');
  return value;
}
