import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import { ok, pageRange, withCursors, type InvalidPage, type PageRequest, type Result } from '../domain/index.ts';
import { codecOfText } from './cursor.ts';
import {
  listIdentity,
  pageOf,
  pageQuery,
  patternsOf,
  sortIdentity,
  sortTerms,
  type KeyedRow,
  type KeysetPage,
  type PageOptions,
  type Range,
  type SortTerm,
} from './keyset-page.ts';
import { PreparedQueries } from './prepared-queries.ts';

/** The query and the sort of a list, in the form that `keysetPage` takes. */
export interface ListQuery<DB, TB extends keyof DB, Row> extends Pick<PageOptions<DB, TB>, 'sort' | 'id'> {
  readonly query: SelectQueryBuilder<DB, TB, Row>;
}

/** A request for one page of a list. */
interface Reading<Schema, Inputs, DB, TB extends keyof DB, Row> {
  readonly db: Kysely<Schema>;
  /** A key that identifies the text of the list's query, without the page. */
  readonly shape: string;
  readonly inputs: Inputs;
  readonly filter: unknown;
  readonly page: PageRequest;
  /** Builds the list. `inputs` contains placeholders, which the function may only use as query parameters. */
  readonly build: (inputs: Inputs) => ListQuery<DB, TB, Row>;
}

interface Sorting {
  readonly identity: string;
  readonly patterns: readonly RegExp[];
}

/** The prefixes of the input names for the values of the cursors. */
const NAMES = { after: 'cursor after', before: 'cursor before' } as const;

/**
 * Reads the same pages as `keysetPage`, but Kysely compiles each query once per shape. A cursor of one function is valid for the other
 * function too.
 */
export class PreparedPages<Inputs extends object> {
  readonly #queries = new PreparedQueries<Inputs & Readonly<Record<string, unknown>>>();
  readonly #sortings = new Map<string, Sorting>();

  async read<Schema, DB, TB extends keyof DB, Row>(
    reading: Reading<Schema, Inputs, DB, TB, Row>,
  ): Promise<Result<KeysetPage<Row>, InvalidPage>> {
    const { db, shape, inputs, filter, page, build } = reading;
    const asked = pageRange(page);
    if (!asked.ok) return asked;
    const { identity, patterns } = this.#sortings.get(shape) ?? this.#sortingOf(shape, sortTerms(build(inputs)));
    const codec = codecOfText(listIdentity(identity, filter), patterns);
    const range = withCursors(asked.value, (cursor) => codec.decode(cursor));
    if (!range.ok) return range;
    const { value } = range;
    const found = await this.#queries.run(
      db,
      `${shape} ${rangeShape(value)}`,
      { ...inputs, ...cursorsOf(value) },
      (given) => {
        const list = build(given);
        // The limit is a literal, because Postgres' generic plan assumes a tenth of the rows for a parameter.
        return pageQuery(list.query, sortTerms(list), placeholdersOf(value, given)).limit(sql.lit(value.size + 1));
      },
    );
    return ok(pageOf<Row>(found as unknown as KeyedRow[], value, codec));
  }

  #sortingOf(shape: string, terms: readonly SortTerm[]): Sorting {
    const sorting = { identity: sortIdentity(terms), patterns: patternsOf(terms) };
    this.#sortings.set(shape, sorting);
    return sorting;
  }
}

const rangeShape = ({ size, isBackward, after, before }: Range) =>
  `${size}${isBackward ? ' backward' : ''}${after ? ' after' : ''}${before ? ' before' : ''}`;

function cursorsOf({ after, before }: Range): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...(after ?? []).map((value, index) => [`${NAMES.after} ${index}`, value]),
    ...(before ?? []).map((value, index) => [`${NAMES.before} ${index}`, value]),
  ]);
}

/** The range with placeholders in place of the values of its cursors. */
function placeholdersOf(range: Range, given: Readonly<Record<string, unknown>>): Range {
  const placeholders = (values: readonly string[] | null, name: string) =>
    values && values.map((_, index) => given[`${name} ${index}`] as string);
  return {
    ...range,
    after: placeholders(range.after, NAMES.after),
    before: placeholders(range.before, NAMES.before),
  };
}
