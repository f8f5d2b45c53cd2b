import type { RestRoute } from '@souk/gateway/rest';
import { getNullableType, isListType } from 'graphql';
import type { RestDirective } from './rest-directive.ts';
import type { SelectedField, SelectedObject } from './selected-data.ts';

/** What a route shows of its operation's answer. */
export interface RouteAnswer {
  readonly answer: RestRoute['answer'];
  readonly status: number;
  /** What `data` is: the item of a list, too. Null where there is none, or where it is a scalar. */
  readonly object: SelectedObject | null;
}

/** @throws Error when `data` names nothing that the operation selects. */
export function routeAnswer(root: SelectedObject, rest: RestDirective): RouteAnswer {
  const [entry, ...others] = root.fields;
  if (!entry || others.length > 0) throw new Error('has not one root field: a route has one');
  const [name, field] = entry;
  const refusals = field.object?.fields.has('userErrors') ?? false;
  const path = rest.data?.split('.').slice(1) ?? defaultPath(field, refusals);
  if (rest.data && rest.data.split('.')[0] !== name) throw new Error(`"data" must begin with ${name}`);
  const found = fieldAt(field, path);
  const fields = refusals && path.length === 0 ? payloadFields(field) : null;
  const kind = rest.status === 204 || fields?.length === 0 ? 'nothing' : kindOf(found);
  const object = kind === 'page' ? (found.object?.fields.get('nodes')?.object ?? null) : found.object;
  return {
    answer: {
      root: name,
      refusals,
      path,
      fields: kind === 'nothing' ? null : fields,
      kind,
      nodes: kind === 'nothing' || !object ? [] : nodePlaces(object, []),
      versioned: kind === 'one' && (object?.fields.has('version') ?? false),
    },
    status: rest.status ?? (kind === 'nothing' ? 204 : 200),
    object: kind === 'nothing' ? null : object,
  };
}

function payloadFields({ object }: SelectedField): string[] {
  return [...(object?.fields.keys() ?? [])].filter((name) => name !== 'userErrors');
}

/** A payload with one thing in it shows that thing. */
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

/** A list that comes as `{nodes}`. */
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
