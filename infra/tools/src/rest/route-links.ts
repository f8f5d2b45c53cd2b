import type { RestLink } from '@souk/gateway/rest';
import { linkCondition } from './link-conditions.ts';
import { pathNames } from './rest-directive.ts';
import type { RouteModel } from './route-model.ts';
import type { SelectedObject } from './selected-data.ts';

/** The links of a route's data, and of the items in it. */
export interface RouteLinks {
  readonly links: RestLink[];
  readonly itemLinks: RestLink[];
}

type Unlinked = Omit<RouteModel, keyof RouteLinks>;

/**
 * Derives the links of a route. The URL of an entity is the path of the GET route that returns the entity's type. The
 * entity links to each route directly below this path, and to each route with the entity's id as a path parameter, such
 * as `{orderId}`.
 */
export function routeLinks(route: Unlinked, routes: readonly Unlinked[]): RouteLinks {
  const { answer, object } = route;
  if (!object || answer.kind === 'nothing') return { links: [], itemLinks: [] };
  const targets = targetsOf(route, object, routes);
  const linksTo = (found: readonly Target[]) => found.map((target) => linkTo(target, object, []));
  if (answer.kind === 'page') return { links: [], itemLinks: linksTo(targets.slice(0, 1)) };
  if (answer.kind === 'list') return { links: [], itemLinks: linksTo(targets) };
  return { links: answer.fields ? entityIn(route, object, routes) : linksTo(targets), itemLinks: [] };
}

/** Returns the links of the first entity in a payload that has a URL. */
function entityIn(route: Unlinked, payload: SelectedObject, routes: readonly Unlinked[]): RestLink[] {
  for (const [name, { object }] of payload.fields) {
    if (!object) continue;
    const targets = targetsOf(route, object, routes);
    if (targets.length > 0) return targets.map((target) => linkTo(target, object, [name]));
  }
  return [];
}

type Target = readonly [rel: string, route: Unlinked];

function targetsOf(route: Unlinked, object: SelectedObject, routes: readonly Unlinked[]): readonly Target[] {
  const self = ownRoute(route, object, routes);
  const related = routes.filter((each) => each !== self && belongsTo(each, self, object));
  const targets = new Map<string, Unlinked>();
  if (self) targets.set('self', self);
  for (const each of related) {
    const rel = relationOf(each);
    const taken = targets.get(rel);
    // When two routes have the same path, the POST route adds an item. The link to the POST route gets the suffix
    // `-add`, such as `lines-add`.
    if (taken && each.method === 'POST') targets.set(`${rel}-add`, each);
    else if (taken?.method === 'POST' && each.method !== 'GET') {
      targets.set(`${rel}-add`, taken);
      targets.set(rel, each);
    } else if (!taken || each.method === 'GET') targets.set(rel, each);
  }
  return [...targets];
}

/**
 * Returns the GET route for one entity of this type. When several routes return it, the result is the route whose path
 * has the longest common prefix with this route's path.
 */
function ownRoute(route: Unlinked, { type, fields }: SelectedObject, routes: readonly Unlinked[]): Unlinked | null {
  const candidates = routes.filter(
    (each) =>
      each.method === 'GET' &&
      each.answer.kind === 'one' &&
      each.answer.path.length === 0 &&
      each.object?.type === type &&
      pathNames(each).length === 1 &&
      pathNames(each).every((name) => fields.has(name)),
  );
  return candidates.toSorted((one, other) => common(other, route) - common(one, route))[0] ?? null;
}

function common({ path: one }: Unlinked, { path: other }: Unlinked): number {
  const parts = other.split('/');
  const differs = one.split('/').findIndex((part, index) => part !== parts[index]);
  return differs === -1 ? parts.length : differs;
}

function belongsTo(route: Unlinked, self: Unlinked | null, object: SelectedObject): boolean {
  const names = pathNames(route);
  const [name = ''] = names;
  if (names.length !== 1 || !object.fields.has('id')) return false;
  if (self && prefixOf(route) !== prefixOf(self)) return false; // Routes for staff have another prefix.
  if (name === `${object.type.name.charAt(0).toLowerCase()}${object.type.name.slice(1)}Id`) return true;
  return self !== null && pathNames(self).includes(name) && route.path.startsWith(`${self.path}/`);
}

function prefixOf({ path }: Unlinked): string {
  return path.slice(0, path.indexOf('{'));
}

/** The relation is the part of the path below the entity's path, such as `cancel` or `events`. */
function relationOf({ path }: Unlinked): string {
  return path.slice(path.indexOf('}') + 2).replaceAll('/', '-') || 'edit';
}

function linkTo([rel, target]: Target, object: SelectedObject, at: readonly string[]): RestLink {
  const { method, path, requires } = target;
  const values = pathNames({ path }).map((name) => [name, [...at, object.fields.has(name) ? name : 'id']]);
  const when = conditionsOf(target, object, at);
  return {
    rel,
    method,
    path,
    values: Object.fromEntries(values),
    ...(requires && { requires: { clauses: requires.clauses.map((each) => each.map((scopes) => [...scopes])) } }),
    ...(when.length > 0 && { when }),
  };
}

/** @throws Error that names both operations, because either may contain the mistake */
function conditionsOf({ operation, when }: Unlinked, object: SelectedObject, at: readonly string[]) {
  try {
    return when.map((condition) => linkCondition(condition, object, at));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The response links to ${operation}, whose @rest has a condition that does not fit: ${reason}`, {
      cause: error,
    });
  }
}
