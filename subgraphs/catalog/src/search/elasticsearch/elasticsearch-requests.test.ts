import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { SearchRequest } from '../search-engine.ts';
import { bulkOutcome } from './bulk-reply.ts';
import { needsNewIndex, nextIndexName, parseIndices } from './index-names.ts';
import { searchBody } from './search-body.ts';
import { isOfPostgres, numberOfScore, positionOf, scoreOf, searchAfterOf } from './sort-position.ts';
import { microsOf } from './stored-document.ts';
import { similarityOf, trigramsOf } from './trigrams.ts';

const TENANT = '0f8fad5b-d9cb-469f-a165-70867728950e';
const request = (values: Partial<SearchRequest> = {}): SearchRequest => ({
  language: 'en',
  clauses: [[[['lamp']]]],
  includesDrafts: false,
  collectionId: null,
  wanted: [],
  sort: 'RELEVANCE',
  after: null,
  limit: 3,
  counts: false,
  ...values,
});

test('every search filters by tenant and language, and shoppers find published products only', () => {
  const filters = [{ term: { tenant: TENANT } }, { term: { type: 'product' } }, { term: { language: 'en' } }];
  const published = { term: { is_published: true } };
  for (const clauses of [[], request().clauses]) {
    expect(JSON.stringify(searchBody(TENANT, request({ clauses })).query)).toContain(
      JSON.stringify([...filters, published]).slice(1, -1),
    );
    expect(JSON.stringify(searchBody(TENANT, request({ clauses, includesDrafts: true })).query)).not.toContain(
      'is_published',
    );
  }
});

test('a facet with a filter is counted among the products of all other filters', () => {
  const wanted = [
    { kind: 'stock:', values: ['stock:in'] },
    { kind: 'price:', currency: 'EUR', min: 1, max: 2 },
  ];
  const body = searchBody(TENANT, request({ wanted, counts: true }));
  const inStock = { terms: { facets: ['stock:in'] } };
  const priced = { range: { 'prices.EUR': { gte: 1, lte: 2 } } };
  expect(body).toMatchObject({
    post_filter: { bool: { filter: [inStock, priced] } },
    aggs: {
      rest: { filter: { bool: { filter: [inStock, priced] } } },
      kind0: { filter: { bool: { filter: [priced] } } },
      kind1: { filter: { bool: { filter: [inStock] } } },
    },
  });
  expect(searchBody(TENANT, request({ wanted }))).not.toHaveProperty('aggs');
});

test('a score survives the way through a cursor, and greater scores come first', () => {
  const scores = fc.float({ min: Math.fround(1e-6), max: 1000, noNaN: true });
  fc.assert(
    fc.property(scores, scores, (one, other) => {
      expect(scoreOf(numberOfScore(one))).toBe(one);
      expect(Math.sign(numberOfScore(one) - numberOfScore(other))).toBe(Math.sign(one - other));
      const position = positionOf(request(), [one, TENANT]);
      expect(searchAfterOf(request(), position)).toEqual([one, TENANT]);
      expect(isOfPostgres({ ...request(), after: position })).toBe(false);
    }),
  );
});

test('a search by relevance that began in Postgres is recognized by its position', () => {
  const after = { number: '-1250000', text: '', productId: TENANT };
  expect(isOfPostgres(request({ after }))).toBe(true);
  expect(isOfPostgres(request({ after, sort: 'NEWEST' }))).toBe(false);
});

test.each([
  ['PRICE_ASC', [Number.MAX_SAFE_INTEGER, TENANT], '9007199254740991', ''],
  ['PRICE_DESC', [-1, TENANT], '1', ''],
  ['PRICE_DESC', [0, TENANT], '0', ''],
  ['NEWEST', [1_893_492_000_000_000, TENANT], '-1893492000000000', ''],
  ['NAME_DESC', ['lamp', TENANT], '0', 'lamp'],
] as const)('positions by %s are those of Postgres', (sort, values, number, text) => {
  const position = positionOf(request({ sort }), values);
  expect(position).toEqual({ number, text, productId: TENANT });
  expect(searchAfterOf(request({ sort }), position)).toEqual(values);
});

test('each document of a bulk reply is judged on its own', () => {
  const error = { type: 'some_exception', reason: 'because' };
  const outcome = bulkOutcome([
    { index: { _id: 'stored', status: 201 } },
    { index: { _id: 'older', status: 409, error } },
    { delete: { _id: 'absent', status: 404 } },
    { index: { _id: 'overloaded', status: 429, error } },
    { index: { _id: 'replaced', status: 404, error } },
    { index: { _id: 'wrong', status: 400, error } },
  ]);
  expect(outcome).toEqual({
    busy: ['overloaded', 'replaced'],
    refused: [{ id: 'wrong', reason: 'some_exception: because' }],
  });
});

test('a missing index and an older mapping need a new index, a newer mapping does not', () => {
  const complete = (version: number) =>
    parseIndices({ 's-v1-4': { aliases: { s: {} }, mappings: { _meta: { version } } } }, 's', 's-next');
  expect(needsNewIndex(parseIndices({}, 's', 's-next'))).toBe(true);
  expect(needsNewIndex(complete(0))).toBe(true);
  expect(needsNewIndex(complete(1))).toBe(false);
  expect(needsNewIndex(complete(99))).toBe(false);
  expect(nextIndexName('s', 2, complete(0).complete?.name ?? null)).toBe('s-v2-5');
  expect(nextIndexName('s', 2, null)).toBe('s-v2-1');
});

test('replaced indices are those of the alias that no alias names', () => {
  const aliased = (...names: string[]) => ({ aliases: Object.fromEntries(names.map((name) => [name, {}])) });
  const reply = {
    's-v1-1': aliased(),
    's-v1-2': aliased('s'),
    's-v1-3': aliased('s-next'),
    's-vip-v1-1': aliased(),
    's-v1-2-copy': aliased(),
  };
  expect(parseIndices(reply, 's', 's-next').replaced).toEqual(['s-v1-1']);
});

test('times keep their microseconds', () => {
  expect(microsOf('2030-01-01T10:00:00.123456+00:00')).toBe(1_893_492_000_123_456);
  expect(microsOf('2030-01-01T12:00:00.5+02:00')).toBe(1_893_492_000_500_000);
  expect(microsOf('2030-01-01T10:00:00Z')).toBe(1_893_492_000_000_000);
});

test('words have the trigrams of pg_trgm', () => {
  // select show_trgm('t-shirt')
  expect([...trigramsOf('t-shirt')].toSorted()).toEqual(['  s', '  t', ' sh', ' t ', 'hir', 'irt', 'rt ', 'shi']);
  expect(similarityOf(trigramsOf('word'), trigramsOf('words'))).toBeCloseTo(4 / 7); // select similarity('word', 'words')
  expect(similarityOf(trigramsOf('?'), trigramsOf('?'))).toBe(0);
});
