import { pageOfRows, type PageRange } from '@souk/kit/domain';
import { cursorCodec, type KeysetPage } from '@souk/kit/persistence';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** The position of a variant in its product, or of a category among the children of its parent. Equal positions are ordered by id. */
export interface Place {
  readonly position: number;
  readonly id: string;
}

/** The cursors of lists that are sorted by position and have no filter. */
const CURSORS = cursorCodec('siblings', [/^\d{1,9}$/, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/]);

const cursorOfPlace = ({ position, id }: Place) => CURSORS.encode([position, id]);

/** Decodes a cursor of a list that is sorted by position. Null when the text is not such a cursor. */
export function placeOfCursor(cursor: string): Place | null {
  const [position, id] = CURSORS.decode(cursor) ?? [];
  return position !== undefined && id !== undefined ? { position: Number(position), id } : null;
}

/** The SQL conditions and the sort direction for a range of rows. @param siblings the alias of the table */
export function placesWithin({ isBackward, after, before }: PageRange<Place>, siblings: string) {
  const place = sql`(${sql.ref(`${siblings}.position`)}, ${sql.ref(`${siblings}.id`)})`;
  const placeOf = ({ position, id }: Place) => sql`(${position}::integer, ${id}::uuid)`;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (after) conditions.push(sql<SqlBool>`${place} > ${placeOf(after)}`);
  if (before) conditions.push(sql<SqlBool>`${place} < ${placeOf(before)}`);
  return { conditions, direction: sql.raw(isBackward ? 'desc' : 'asc') };
}

/** The cursors of a range as parameters of a prepared statement. */
export interface PlaceInputs {
  readonly afterPosition: number | null;
  readonly afterId: string | null;
  readonly beforePosition: number | null;
  readonly beforeId: string | null;
}

export function placeInputs({ after, before }: PageRange<Place>): PlaceInputs {
  return {
    afterPosition: after?.position ?? null,
    afterId: after?.id ?? null,
    beforePosition: before?.position ?? null,
    beforeId: before?.id ?? null,
  };
}

/** Replaces the cursors of a range with the parameters of a prepared statement. */
export function withPlaces(range: PageRange<Place>, inputs: PlaceInputs): PageRange<Place> {
  const place = (position: number | null, id: string | null) =>
    position === null || id === null ? null : { position, id };
  return {
    ...range,
    after: range.after && place(inputs.afterPosition, inputs.afterId),
    before: range.before && place(inputs.beforePosition, inputs.beforeId),
  };
}

/**
 * Groups rows into one page per parent. A parent with one row more than the page size has a next page.
 * Cursors are computed lazily.
 */
export function pagesByParent<Row extends Place>(
  parentIds: readonly string[],
  rows: readonly Row[],
  parentOf: (row: Row) => string,
  range: PageRange<Place>,
): Map<string, KeysetPage<Row>> {
  const byParent = Map.groupBy(rows, parentOf);
  return new Map(
    parentIds.map((id) => {
      const page = pageOfRows(range, byParent.get(id) ?? []);
      const last = page.rows.at(-1);
      return [
        id,
        {
          ...page,
          get endCursor() {
            return last ? cursorOfPlace(last) : null;
          },
          cursorOf: cursorOfPlace,
        },
      ];
    }),
  );
}
