import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { MAX_FIRST, type KeysetPage } from '@souk/kit/persistence';
import { cursorOfPlace, placeOfCursor, type Place } from './position-cursor.ts';

/** Which part of a list of siblings. */
export interface PositionPageQuery {
  readonly first: number;
  readonly after: string | null;
}

/** From where on, exclusive; null: from the start. */
export function startOf({ first, after }: PositionPageQuery): Result<Place | null, Failure> {
  if (first < 1 || first > MAX_FIRST)
    return err(failure('INVALID_FIRST', `\`first\` takes a whole number from 1 to ${MAX_FIRST}`, ['first']));
  if (after === null) return ok(null);
  const place = placeOfCursor(after);
  return place ? ok(place) : err(failure('INVALID_CURSOR', '`after` is no cursor of this list', ['after']));
}

/** Rows of many parents, at most `first` + 1 of each, as a page for each parent. Cursors come to be when they are read. */
export function pagesByParent<Row extends Place>(
  parentIds: readonly string[],
  rows: readonly Row[],
  parentOf: (row: Row) => string,
  first: number,
): Map<string, KeysetPage<Row>> {
  const byParent = Map.groupBy(rows, parentOf);
  return new Map(
    parentIds.map((id) => {
      const found = byParent.get(id) ?? [];
      const kept = found.slice(0, first);
      const last = kept.at(-1);
      const page = {
        rows: kept,
        hasNextPage: found.length > first,
        get endCursor() {
          return last ? cursorOfPlace(last) : null;
        },
        cursorOf: cursorOfPlace,
      };
      return [id, page];
    }),
  );
}
