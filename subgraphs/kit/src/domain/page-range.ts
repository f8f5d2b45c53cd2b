import { failure, type Failure } from './failure.ts';
import { err, ok, type Result } from './result.ts';

/** The page of a list that a client requests (Relay cursor connections). */
export interface PageRequest {
  /** The number of rows from the start of the list, or after the cursor `after`: 1 to 200. */
  readonly first?: number | null | undefined;
  /** The cursor of the row before the page. */
  readonly after?: string | null | undefined;
  /** The number of rows from the end of the list, or before the cursor `before`: 1 to 200. */
  readonly last?: number | null | undefined;
  /** The cursor of the row after the page. */
  readonly before?: string | null | undefined;
}

/** A valid page request, in the form that queries use. */
export interface PageRange<Cursor = string> {
  /** Maximum number of rows in the page. */
  readonly size: number;
  /** Whether the rows of the page are counted from the end of the list. */
  readonly isBackward: boolean;
  /** The cursor after which the page begins. Null when the page begins at the start of the list. */
  readonly after: Cursor | null;
  /** The cursor before which the page ends. Null when the page ends at the end of the list. */
  readonly before: Cursor | null;
}

/** Returned when `first` or `last` is not a whole number from 1 to 200, or when both are set. */
export type InvalidRange = Failure<'INVALID_FIRST' | 'INVALID_LAST'>;
/** Returned when `after` or `before` is not a cursor of this list with this sort and filter. */
export type InvalidCursor = Failure<'INVALID_CURSOR'>;
/** The reasons for which a page is refused. */
export type InvalidPage = InvalidRange | InvalidCursor;

const MAX_SIZE = 200;
export const DEFAULT_PAGE_SIZE = 50;

/**
 * Checks the requested range. Without `first` and `last` the page has `defaultSize` rows. They are counted from the end of the list when
 * only `before` is set.
 */
export function pageRange(request: PageRequest, defaultSize = DEFAULT_PAGE_SIZE): Result<PageRange, InvalidRange> {
  const { first = null, after = null, last = null, before = null } = request;
  if (first !== null && last !== null)
    return err(failure('INVALID_LAST', '`first` pages forwards and `last` backwards: give one of them', ['last']));
  const size = first ?? last ?? defaultSize;
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE)
    return err(first === null ? wrongSize('last') : wrongSize('first'));
  const isBackward = last !== null || (first === null && after === null && before !== null);
  return ok({ size, isBackward, after, before });
}

/** Decodes the cursors of a range. `read` returns null for a text that is not a cursor of the list. */
export function withCursors<Cursor>(
  { after, before, ...range }: PageRange,
  read: (cursor: string) => Cursor | null,
): Result<PageRange<Cursor>, InvalidCursor> {
  const start = after === null ? null : read(after);
  if (after !== null && start === null) return err(wrongCursor('after'));
  const end = before === null ? null : read(before);
  if (before !== null && end === null) return err(wrongCursor('before'));
  return ok({ ...range, after: start, before: end });
}

/** Whether two ranges select the same part of a list. */
export function isSameRange(one: PageRange, other: PageRange): boolean {
  return (
    one.size === other.size &&
    one.isBackward === other.isBackward &&
    one.after === other.after &&
    one.before === other.before
  );
}

/**
 * Creates the page from the rows that a query found. The query must read one row more than the page size, and must read a backward range in
 * reverse order. The row of the cursor that the client sent is in the list but not in the page, so the page has a neighbor on the side of
 * the cursor.
 */
export function pageOfRows<Row>({ size, isBackward, after, before }: PageRange<unknown>, found: readonly Row[]) {
  const rows = found.slice(0, size);
  const goesOn = found.length > size;
  return {
    rows: isBackward ? rows.toReversed() : rows,
    hasNextPage: before !== null || (goesOn && !isBackward),
    hasPreviousPage: after !== null || (goesOn && isBackward),
  };
}

function wrongSize(argument: 'first' | 'last'): InvalidRange {
  const code = argument === 'first' ? 'INVALID_FIRST' : 'INVALID_LAST';
  return failure(code, `\`${argument}\` takes a whole number from 1 to ${MAX_SIZE}`, [argument]);
}

function wrongCursor(argument: 'after' | 'before'): InvalidCursor {
  const message = `\`${argument}\` is not a cursor of this list. Use a cursor with the sort and filter of its own page`;
  return failure('INVALID_CURSOR', message, [argument]);
}
