import type { Actor } from '@souk/kit/context';
import { satisfies } from '@souk/engine/authorization';
import { isJsonObject } from '@souk/engine/json';
import type { LinkCondition, RestLink } from './rest-table.ts';

/** A link in an answer. `method` is missing for GET. */
export interface ShownLink {
  readonly href: string;
  readonly method?: string;
}

/** The links of one object, by relation. */
export type ShownLinks = Record<string, ShownLink>;

/**
 * Makes the links of an object for one caller. A link is left out when the data lacks a value of the link's path, when
 * the data does not meet the link's conditions, or when the caller lacks the link's scopes.
 */
export type LinkMaker = (data: unknown, actor: Actor) => ShownLinks;

/**
 * Compiles the templates of links. Called once per route.
 * @param basePath the prefix of every path
 */
export function linkMaker(links: readonly RestLink[], basePath: string): LinkMaker {
  const makers = links.map((link) => ({ ...link, href: hrefMaker(link, basePath) }));
  return (data, actor) => {
    const shown: ShownLinks = {};
    for (const { rel, method, href, requires, when = [] } of makers) {
      if (requires && !satisfies(actor, requires)) continue;
      if (!when.every((condition) => fulfills(data, condition))) continue;
      const address = href(data);
      if (address !== null) shown[rel] = method === 'GET' ? { href: address } : { href: address, method };
    }
    return shown;
  };
}

function hrefMaker({ path, values }: RestLink, basePath: string): (data: unknown) => string | null {
  const parts = path.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 0 ? part : (values[part] ?? [])));
  return (data) => {
    let href = basePath;
    for (const part of parts) {
      const value = typeof part === 'string' ? part : valueAt(data, part);
      if (typeof value !== 'string') return null;
      href += typeof part === 'string' ? value : encodeURIComponent(value);
    }
    return href;
  };
}

/** Whether the data meets a condition. A missing value does not meet any condition. */
function fulfills(data: unknown, { field, in: values, filled, below }: LinkCondition): boolean {
  const value = valueAt(data, field);
  if (value === null || value === undefined) return false;
  if (values) return isScalar(value) && values.includes(String(value));
  if (filled) return Array.isArray(value) ? value.length > 0 : Number(value) > 0;
  return Number(value) < Number(valueAt(data, below ?? []) ?? Number.NaN);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** The value at a path of fields. Undefined when the path ends early. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data;
  for (const name of path) {
    if (!isRecord(value)) return value === null ? null : undefined;
    value = value[name];
  }
  return value;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject(value);
}
