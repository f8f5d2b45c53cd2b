import type { AnyForm, SearchClause } from '../query/search-clause.ts';
import type { FacetCount, SearchRequest, SearchWords, WantedPrice, WantedValues } from '../search-engine.ts';
import { searchAfterOf, sortOf } from './sort-position.ts';

/** The maximum number of values that are counted per facet with a filter, and of the values of all other facets together. */
const MAX_COUNTED = 1000;
/** The weights of the forms by field, as in the ranking of Postgres. */
const WEIGHTS = { a: 1, b: 0.5, c: 0.3, d: 0.1 };
/** Available products come before sold-out products with the same words. */
const IN_STOCK_FACTOR = 1.25;

type Query = Readonly<Record<string, unknown>>;
type Wanted = WantedValues | WantedPrice;

/** The fields that keep tenants apart. Each query has them, beside the routing by tenant. */
export const scopeOf = (type: 'product' | 'word', tenantId: string, language: string): Query[] => [
  { term: { tenant: tenantId } },
  { term: { type } },
  { term: { language } },
];

/** The filters that a product must pass before the filters of facets. */
export function wordFilters(tenantId: string, { language, clauses, includesDrafts }: SearchWords): Query[] {
  return [
    ...scopeOf('product', tenantId, language),
    ...(includesDrafts ? [] : [{ term: { is_published: true } }]),
    ...clauses.map(clauseOf),
  ];
}

/** The body of a search: query, filters of facets, counts, sort and page. */
export function searchBody(tenantId: string, request: SearchRequest) {
  const { collectionId, wanted, after, limit, counts } = request;
  const inCollection = collectionId === null ? [] : [{ term: { collection_ids: collectionId } }];
  return {
    size: limit,
    _source: false,
    allow_partial_search_results: false,
    track_total_hits: counts,
    query: rankedQuery([...wordFilters(tenantId, request), ...inCollection], request.clauses),
    sort: sortOf(request),
    ...(wanted.length > 0 && { post_filter: all(wanted.map(conditionOf)) }),
    ...(after && { search_after: searchAfterOf(request, after) }),
    ...(counts && { aggs: countsOf(wanted) }),
  };
}

const all = (filter: readonly Query[]): Query => ({ bool: { filter } });
const any = (should: readonly Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });

const clauseOf = (clause: SearchClause): Query => any(clause.map((forms) => all(forms.map(anyForm))));
const anyForm = (forms: AnyForm): Query => any(forms.map((form) => formIn('words', form)));

function formIn(field: string, form: string): Query {
  return form.endsWith('*') ? { prefix: { [field]: form.slice(0, -1) } } : { term: { [field]: form } };
}

/** Each clause adds the weight of its heaviest form. A script could not do the same faster, and many clusters forbid scripts. */
function rankedQuery(filter: readonly Query[], clauses: readonly SearchClause[]): Query {
  if (clauses.length === 0) return all(filter);
  const should = clauses.map((clause) => ({
    dis_max: {
      queries: [...new Set(clause.flat(2))].flatMap((form) =>
        Object.entries(WEIGHTS).map(([field, boost]) => ({
          constant_score: { filter: formIn(field, form), boost },
        })),
      ),
    },
  }));
  return {
    function_score: {
      query: { bool: { filter, should } },
      functions: [{ filter: { term: { in_stock: true } }, weight: IN_STOCK_FACTOR }],
      boost_mode: 'multiply',
    },
  };
}

function conditionOf(wanted: Wanted): Query {
  return 'values' in wanted
    ? { terms: { facets: wanted.values } }
    : { range: { [`prices.${wanted.currency}`]: { gte: wanted.min, lte: wanted.max } } };
}

/**
 * The counts of facets. A facet with a filter is counted among the products that pass all other filters. All other facets are counted among the
 * products that pass all filters.
 */
function countsOf(wanted: readonly Wanted[]) {
  const rest = {
    filter: all(wanted.map(conditionOf)),
    aggs: {
      values: terms(wanted.length === 0 ? {} : { exclude: `(${wanted.map(({ kind }) => escaped(kind)).join('|')}).*` }),
    },
  };
  const own = wanted.map((each, at) => {
    const chosen = 'values' in each ? { chosen: terms({ include: each.values }) } : {};
    const filter = all(wanted.toSpliced(at, 1).map(conditionOf));
    return [
      `kind${at}`,
      { filter, aggs: { values: terms({ include: `${escaped(each.kind)}.*` }), ...chosen } },
    ] as const;
  });
  return { rest, ...Object.fromEntries(own) };
}

const terms = (values: Query) => ({ terms: { field: 'facets', size: MAX_COUNTED, ...values } });

/** A text in the syntax of Lucene's regular expressions. */
const escaped = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, String.raw`\$&`);

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
}

/** The counts of a reply to `searchBody`. Each value is counted once. */
export function facetCounts(aggregations: unknown): FacetCount[] {
  const groups = Object.values((aggregations ?? {}) as Record<string, Record<string, { buckets?: Bucket[] }>>);
  const buckets = groups.flatMap(({ values, chosen }) => [...(chosen?.buckets ?? []), ...(values?.buckets ?? [])]);
  const counts = new Map(buckets.map(({ key, doc_count: count }) => [key, { stored: key, count }]));
  return [...counts.values()];
}
