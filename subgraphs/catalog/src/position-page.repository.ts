import { pageOfRows, type PageRange } from '@souk/kit/domain';
import { cursorCodec, type KeysetPage } from '@souk/kit/persistence';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/** The place of a row among its siblings: the variants of a product, or the children of a category. */
export interface Place {
  readonly position: number;
  readonly id: string;
}

/** Siblings have one order and no filter. */
const CURSORS = cursorCodec('siblings', [/^\d{1,9}$/, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/]);

const cursorOfPlace = ({ position, id }: Place) => CURSORS.encode([position, id]);

/** The place of a cursor; null for a text that is no cursor of siblings. */
export function placeOfCursor(cursor: string): Place | null {
  const [position, id] = CURSORS.decode(cursor) ?? [];
  return position !== undefined && id !== undefined ? { position: Number(position), id } : null;
}

/** Which rows of siblings a range holds, as conditions on their columns, and the order in which they are counted. */
export function placesWithin({ isBackward, after, before }: PageRange<Place>, siblings: string) {
  const place = sql`(${sql.ref(`${siblings}.position`)}, ${sql.ref(`${siblings}.id`)})`;
  const placeOf = ({ position, id }: Place) => sql`(${position}::integer, ${id}::uuid)`;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (after) conditions.push(sql<SqlBool>`${place} > ${placeOf(after)}`);
  if (before) conditions.push(sql<SqlBool>`${place} < ${placeOf(before)}`);
  return { conditions, direction: sql.raw(isBackward ? 'desc' : 'asc') };
}

/** Rows of many parents, at most one more of each than a page has, as a page for each parent. Cursors come to be when they are read. */
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
