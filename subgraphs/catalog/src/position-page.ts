import { pageOfRows, type PageRange } from '@souk/kit/domain';
import type { KeysetPage } from '@souk/kit/persistence';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { cursorOfPlace, type Place } from './position-cursor.ts';

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
