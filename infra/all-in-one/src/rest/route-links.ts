import type { RestLink } from '@souk/gateway/rest';
import { pathNames } from './rest-directive.ts';
import type { RouteModel } from './route-model.ts';
import type { SelectedObject } from './selected-data.ts';

/** What a client can go on to from a route's data. */
export interface RouteLinks {
  readonly links: RestLink[];
  readonly itemLinks: RestLink[];
}

type Unlinked = Omit<RouteModel, keyof RouteLinks>;

/**
 * The links of a route, by the addresses of the others: a thing's own address is that of the GET that shows its type, and whatever
 * lies right below that address, or takes the thing's id by name (`{orderId}`), can be done with it.
 */
export function routeLinks(route: Unlinked, routes: readonly Unlinked[]): RouteLinks {
  const { answer, object } = route;
  if (!object || answer.kind === 'nothing') return { links: [], itemLinks: [] };
  if (answer.kind === 'page') return { links: [], itemLinks: linksOf(route, object, routes, []).slice(0, 1) };
  if (answer.kind === 'list') return { links: [], itemLinks: linksOf(route, object, routes, []) };
  const found = answer.fields ? entityIn(route, object, routes) : linksOf(route, object, routes, []);
  return { links: found, itemLinks: [] };
}

/** Of a payload with several things, the first that has an address. */
function entityIn(route: Unlinked, payload: SelectedObject, routes: readonly Unlinked[]): RestLink[] {
  for (const [name, { object }] of payload.fields) {
    const links = object ? linksOf(route, object, routes, [name]) : [];
    if (links.length > 0) return links;
  }
  return [];
}

function linksOf(
  route: Unlinked,
  object: SelectedObject,
  routes: readonly Unlinked[],
  at: readonly string[],
): RestLink[] {
  const self = ownRoute(route, object, routes);
  const related = routes.filter((each) => each !== self && belongsTo(each, self, object));
  const links = new Map<string, RestLink>();
  if (self) links.set('self', linkTo('self', self, object, at));
  for (const each of related) {
    const rel = relationOf(each);
    const taken = links.get(rel);
    // Of two things that can be done at one address, a POST adds to what is there: `lines-add`.
    if (taken && each.method === 'POST') links.set(`${rel}-add`, linkTo(`${rel}-add`, each, object, at));
    else if (taken?.method === 'POST' && each.method !== 'GET') {
      links.set(`${rel}-add`, { ...taken, rel: `${rel}-add` });
      links.set(rel, linkTo(rel, each, object, at));
    } else if (!taken || each.method === 'GET') links.set(rel, linkTo(rel, each, object, at));
  }
  return [...links.values()];
}

/** The GET that shows one thing of the type. Of several, the one whose address begins most like this route's. */
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
  if (self && prefixOf(route) !== prefixOf(self)) return false; // what staff do with it lies elsewhere
  if (name === `${object.type.name.charAt(0).toLowerCase()}${object.type.name.slice(1)}Id`) return true;
  return self !== null && pathNames(self).includes(name) && route.path.startsWith(`${self.path}/`);
}

function prefixOf({ path }: Unlinked): string {
  return path.slice(0, path.indexOf('{'));
}

/** What is below the thing's address: `cancel`, `events`. */
function relationOf({ path }: Unlinked): string {
  return path.slice(path.indexOf('}') + 2).replaceAll('/', '-') || 'edit';
}

function linkTo(rel: string, { method, path }: Unlinked, { fields }: SelectedObject, at: readonly string[]): RestLink {
  const values = pathNames({ path }).map((name) => [name, [...at, fields.has(name) ? name : 'id']]);
  return { rel, method, path, values: Object.fromEntries(values) };
}
