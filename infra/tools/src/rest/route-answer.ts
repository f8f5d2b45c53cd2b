import type { RestRoute } from '@souk/gateway/rest';
import { getNullableType, isListType } from 'graphql';
import type { RestDirective } from './rest-directive.ts';
import type { SelectedField, SelectedObject } from './selected-data.ts';

/** The part of an operation's data that its route returns. */
export interface RouteAnswer {
  readonly answer: RestRoute['answer'];
  readonly status: number;
  /** The type of `data`, or of its items. Null when there is no data, or when `data` is a scalar. */
  readonly object: SelectedObject | null;
}

/**
 * Finds the part of the data that the route returns.
 * @throws Error when the argument `data` of `@rest` names a field that the operation does not select
 */
export function routeAnswer(root: SelectedObject, rest: RestDirective): RouteAnswer {
  const [entry, ...others] = root.fields;
  if (!entry || others.length > 0) throw new Error('An operation with a route needs exactly one root field');
  const [name, field] = entry;
  const refusals = field.object?.fields.has('userErrors') ?? false;
  const path = rest.data?.split('.').slice(1) ?? defaultPath(field, refusals);
  if (rest.data && rest.data.split('.')[0] !== name) throw new Error(`"data" must begin with ${name}`);
  const found = fieldAt(field, path);
  const fields = refusals && path.length === 0 ? payloadFields(field) : null;
  const kind = rest.status === 204 || fields?.length === 0 ? 'nothing' : kindOf(found);
  if (rest.bytes) requireBytes(kind, found);
  const object = kind === 'page' ? (found.object?.fields.get('nodes')?.object ?? null) : found.object;
  return {
    answer: {
      root: name,
      refusals,
      path,
      fields: kind === 'nothing' ? null : fields,
      kind,
      nodes: kind === 'nothing' || !object ? [] : nodePlaces(object, []),
      ...(rest.bytes && { bytes: rest.bytes }),
      versioned: kind === 'one' && (object?.fields.has('version') ?? false),
      ...(object?.type.name === 'DownloadPart' && { file: true as const }),
    },
    status: rest.status ?? (kind === 'nothing' ? 204 : 200),
    object: kind === 'nothing' ? null : object,
  };
}

/** @throws Error when the route returns a file, but the selected data does not contain the file's bytes */
function requireBytes(kind: RestRoute['answer']['kind'], { object }: SelectedField): void {
  if (kind !== 'one' || !object?.fields.has('name') || !object.fields.has('content'))
    throw new Error('The data of a route with "bytes" needs the fields "name" and "content"');
}

function payloadFields({ object }: SelectedField): string[] {
  return [...(object?.fields.keys() ?? [])].filter((name) => name !== 'userErrors');
}

/**
 * Returns the path of the data that a route returns by default. When the payload of a mutation has one field besides `userErrors`, the path
 * leads to that field. Otherwise the path is empty, and the route returns the whole result.
 */
function defaultPath(field: SelectedField, refusals: boolean): string[] {
  const fields = refusals ? payloadFields(field) : [];
  return fields.length === 1 ? fields : [];
}

function fieldAt(field: SelectedField, path: readonly string[]): SelectedField {
  return path.reduce((at, name) => {
    const next = at.object?.fields.get(name);
    if (!next) throw new Error(`"data" names ${name}, which the operation does not select`);
    return next;
  }, field);
}

function kindOf({ definition, object }: SelectedField): RestRoute['answer']['kind'] {
  if (isListType(getNullableType(definition.type))) return 'list';
  return isConnection(object) ? 'page' : 'one';
}

/** Returns whether an object is a connection, recognized by its field `nodes`. */
export function isConnection(object: SelectedObject | null): boolean {
  return object?.fields.get('nodes') !== undefined && object.type.name.endsWith('Connection');
}

function nodePlaces({ fields }: SelectedObject, at: readonly string[]): string[][] {
  return [...fields].flatMap(([name, { object }]) => {
    if (!object) return [];
    const here = [...at, name];
    if (!isConnection(object)) return nodePlaces(object, here);
    const items = object.fields.get('nodes')?.object;
    return [here, ...(items ? nodePlaces(items, here) : [])];
  });
}
