import type { SearchPosition, SearchRequest } from '../search-engine.ts';

/** The number of a product without a price when prices ascend. Postgres uses the same number. */
const NO_PRICE = Number.MAX_SAFE_INTEGER;
/** Numbers of the relevance in Postgres are smaller, and numbers of `numberOfScore` are greater. */
const LEAST_SCORE_NUMBER = 8_388_608;

type Sort = Pick<SearchRequest, 'sort' | 'clauses'>;
type SortValue = string | number;

/** The first sort of a request. Equal products are in the order of their ids. */
type SortKey = 'score' | 'listed' | 'priceAscending' | 'priceDescending' | 'nameAscending' | 'nameDescending';

function sortKeyOf({ sort, clauses }: Sort): SortKey {
  switch (sort) {
    case 'NEWEST':
      return 'listed';
    case 'PRICE_ASC':
      return 'priceAscending';
    case 'PRICE_DESC':
      return 'priceDescending';
    case 'NAME_ASC':
      return 'nameAscending';
    case 'NAME_DESC':
      return 'nameDescending';
    case 'RELEVANCE':
      return clauses.length === 0 ? 'listed' : 'score';
  }
}

const SORTS = {
  score: { _score: { order: 'desc' } },
  listed: { listed_micros: { order: 'desc' } },
  priceAscending: { price_minor: { order: 'asc', missing: NO_PRICE } },
  priceDescending: { price_minor: { order: 'desc', missing: -1 } },
  nameAscending: { sort_name: { order: 'asc' } },
  nameDescending: { sort_name: { order: 'desc' } },
} as const satisfies Record<SortKey, object>;

/** The sort of a request to the engine. */
export function sortOf(request: Sort) {
  return [SORTS[sortKeyOf(request)], { product_id: { order: 'asc' } }] as const;
}

/** The position of a found product, from its sort values. The values of all sorts but RELEVANCE are the same as in Postgres. */
export function positionOf(request: Sort, [first = 0, productId = '']: readonly unknown[]): SearchPosition {
  const id = String(productId);
  const key = sortKeyOf(request);
  if (key === 'nameAscending' || key === 'nameDescending') return { number: '0', text: String(first), productId: id };
  return { number: String(numberOf(key, Number(first))), text: '', productId: id };
}

/** The sort values of the last product of the previous page. */
export function searchAfterOf(request: Sort, { number, text, productId }: SearchPosition): SortValue[] {
  const key = sortKeyOf(request);
  if (key === 'nameAscending' || key === 'nameDescending') return [text, productId];
  return [valueOf(key, Number(number)), productId];
}

/** Whether a position by relevance comes from Postgres, whose relevance has another scale. Such a search must continue in Postgres. */
export function isOfPostgres(request: Sort & Pick<SearchRequest, 'after'>): boolean {
  return (
    request.after !== null &&
    sortKeyOf(request) === 'score' &&
    Math.abs(Number(request.after.number)) < LEAST_SCORE_NUMBER
  );
}

const zeroIfNegativeZero = (number: number) => number + 0;

function numberOf(key: SortKey, value: number): number {
  if (key === 'score') return -numberOfScore(value);
  return zeroIfNegativeZero(key === 'priceAscending' ? value : -value);
}

function valueOf(key: SortKey, number: number): number {
  if (key === 'score') return scoreOf(-number);
  return zeroIfNegativeZero(key === 'priceAscending' ? number : -number);
}

const bits = new DataView(new ArrayBuffer(4));

/** The bits of a score as an integer. Scores are positive 32-bit floats, whose bits have the order of the scores (IEEE 754). */
export function numberOfScore(score: number): number {
  bits.setFloat32(0, score);
  return bits.getInt32(0);
}

/** The score of a number from `numberOfScore`. */
export function scoreOf(number: number): number {
  bits.setInt32(0, number);
  return bits.getFloat32(0);
}
