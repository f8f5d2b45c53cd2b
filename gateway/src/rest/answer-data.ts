import type { Actor } from '@souk/kit/context';
import { dataShaper } from './data-shape.ts';
import { isRecord, linkMaker, valueAt } from './links.ts';
import { DEFAULT_LIMIT } from './parameter-values.ts';
import type { RestRoute } from './rest-table.ts';

/** The data of a route's answer, in REST's form. */
export interface RouteData {
  readonly data: unknown;
  /** Null when the data is not a page of a list. */
  readonly page: RoutePage | null;
  /** The `version` of the object. Null when the route's data has no version. */
  readonly version: number | null;
}

export interface RoutePage {
  readonly limit: number;
  /** The cursor of the next page, or null on the last page. */
  readonly cursor: string | null;
  /** The number of all items. Null when the request does not select the number. */
  readonly total: number | null;
}

/**
 * Reads a route's data from the value at its path in the answer.
 * @param actor the caller, on whose scopes the items' links depend
 */
export type RouteReader = (found: unknown, variables: Readonly<Record<string, unknown>>, actor: Actor) => RouteData;

/** Formats one item of a list. */
type ItemReader = (data: unknown, actor: Actor) => unknown;

/** Builds the reader of a route's answers. Called once for each route, not for each request. */
export function routeReader(
  { answer: { kind, nodes, fields, versioned }, itemLinks }: RestRoute,
  basePath: string,
): RouteReader {
  const shape = dataShaper(nodes);
  const linksOf = linkMaker(itemLinks, basePath);
  const item: ItemReader =
    itemLinks.length === 0 ? shape : (data, actor) => ({ ...asRecord(shape(data)), _links: linksOf(data, actor) });
  switch (kind) {
    case 'page':
      return (found, variables, actor) => readPage(found, variables, (data) => item(data, actor));
    case 'list':
      return (found, _variables, actor) => ({
        data: Array.isArray(found) ? found.map((data) => item(data, actor)) : null,
        page: null,
        version: null,
      });
    case 'nothing':
      return () => ({ data: null, page: null, version: null });
    case 'one':
      return (found) => ({
        data: shape(fields ? picked(found, fields) : found) ?? null,
        page: null,
        version: versioned ? versionOf(found) : null,
      });
  }
}

function readPage(
  found: unknown,
  variables: Readonly<Record<string, unknown>>,
  item: (data: unknown) => unknown,
): RouteData {
  const nodes = valueAt(found, ['nodes']);
  if (!Array.isArray(nodes)) return { data: null, page: null, version: null };
  const cursor =
    valueAt(found, ['pageInfo', 'hasNextPage']) === true ? valueAt(found, ['pageInfo', 'endCursor']) : null;
  const total = valueAt(found, ['totalCount']);
  const limit = variables['first'];
  return {
    data: nodes.map(item),
    page: {
      limit: typeof limit === 'number' ? limit : DEFAULT_LIMIT,
      cursor: typeof cursor === 'string' ? cursor : null,
      total: typeof total === 'number' ? total : null,
    },
    version: null,
  };
}

function picked(found: unknown, fields: readonly string[]): unknown {
  return isRecord(found) ? Object.fromEntries(fields.map((name) => [name, found[name]])) : found;
}

function versionOf(found: unknown): number | null {
  const version = valueAt(found, ['version']);
  return typeof version === 'number' ? version : null;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
