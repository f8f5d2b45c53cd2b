import { failure, type Failure } from './failure.ts';
import { err, ok, type Result } from './result.ts';

/** Which part of a list a client asks for (Relay cursor connections). */
export interface PageRequest {
  /** How many from the start, or from `after` on: 1 to 200. */
  readonly first?: number | null | undefined;
  /** The cursor of the row before the page. */
  readonly after?: string | null | undefined;
  /** How many from the end, or up to `before`: 1 to 200. */
  readonly last?: number | null | undefined;
  /** The cursor of the row behind the page. */
  readonly before?: string | null | undefined;
}

/** Which part of a list is read. */
export interface PageRange<Cursor = string> {
  /** The most rows that the page may have. */
  readonly size: number;
  /** Whether the page is counted from its end. */
  readonly isBackward: boolean;
  /** Exclusive; null: from the start of the list. */
  readonly after: Cursor | null;
  /** Exclusive; null: to the end of the list. */
  readonly before: Cursor | null;
}

/** Returned when `first` or `last` is not a whole number from 1 to 200, or when both are given. */
export type InvalidRange = Failure<'INVALID_FIRST' | 'INVALID_LAST'>;
/** Returned when `after` or `before` is no cursor of the list: one of another list, sort or filter. */
export type InvalidCursor = Failure<'INVALID_CURSOR'>;
/** Why a page is refused. */
export type InvalidPage = InvalidRange | InvalidCursor;

const MAX_SIZE = 200;
export const DEFAULT_PAGE_SIZE = 50;

/** The range that is asked for. Without `first` and `last`: `defaultSize` rows, from the end where `before` alone is given. */
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

/** The range with cursors that are read; `read` gives null for what is no cursor of the list. */
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

/** Whether two ranges are the same part of a list. */
export function isSameRange(one: PageRange, other: PageRange): boolean {
  return (
    one.size === other.size &&
    one.isBackward === other.isBackward &&
    one.after === other.after &&
    one.before === other.before
  );
}

/**
 * The page of the rows that were found: one more than its size where there is one, those of a backward range in reverse. That rows lie
 * beyond a given cursor is taken for granted: its own row does.
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
  const message = `\`${argument}\` is no cursor of this list: a cursor is good for the sort and filter it came from`;
  return failure('INVALID_CURSOR', message, [argument]);
}
