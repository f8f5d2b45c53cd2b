import { singular, type RestParameter, type RestRoute } from '@souk/gateway/rest';
import {
  getNamedType,
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isRequiredInputField,
  Kind,
  typeFromAST,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { pathNames, type RestDirective } from './rest-directive.ts';

/** An input value of an operation, with its description in the schema. */
export interface InputSlot {
  readonly type: GraphQLInputType;
  readonly required: boolean;
  readonly description: string | null;
  /** The schema coordinate of the input, such as `OrderFilterInput.status`, or the name of a variable. */
  readonly coordinate: string;
  readonly defaultValue: unknown;
}

/** A parameter of a route, with its description for the API reference. */
export interface ParameterModel extends RestParameter {
  readonly slot: InputSlot;
  /**
   * The object that contains the parameter's field: `price` for `price[min]`. Null when the parameter is not a field of
   * an object.
   */
  readonly group: string | null;
}

/** The parameters and the body of a route's requests. */
export interface RouteInput {
  readonly variables: RestRoute['variables'];
  readonly parameters: readonly ParameterModel[];
  readonly body: RestRoute['body'];
  readonly bodyFields: ReadonlyMap<string, InputSlot>;
}

interface Place {
  readonly rest: RestDirective;
  readonly inPath: ReadonlySet<string>;
  /** Whether values without another location go to the query string. When false, such values go to the body. */
  readonly byQuery: boolean;
}

/** Assigns every variable of an operation, and every field of its input object, to a parameter or to the body. */
export function routeInput(schema: GraphQLSchema, operation: OperationDefinitionNode, rest: RestDirective): RouteInput {
  const place: Place = { rest, inPath: new Set(pathNames(rest)), byQuery: ['GET', 'DELETE'].includes(rest.method) };
  const parameters: ParameterModel[] = [];
  const bodyFields = new Map<string, InputSlot>();
  let bodyVariable: string | null = null;
  for (const [name, slot] of variableSlots(schema, operation)) {
    const named = getNamedType(slot.type);
    if (name === rest.rawBody) {
      bodyVariable = name;
      bodyFields.set(name, slot);
      continue;
    }
    if (name !== 'input' || !isInputObjectType(named)) {
      placeSlot(name, [name], slot, place, parameters, bodyFields);
      continue;
    }
    if (!place.byQuery) bodyVariable = name;
    for (const field of Object.values(named.getFields())) {
      placeSlot(field.name, [name, field.name], slotOf(named, field), place, parameters, bodyFields);
    }
  }
  return {
    variables: variablesOf(operation),
    parameters,
    body: rest.rawBody ? rawBodyOf(rest.rawBody, bodyFields) : bodyOf(bodyVariable, parameters, bodyFields, place),
    bodyFields,
  };
}

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): RestRoute['variables'] {
  return variableDefinitions.map(({ variable, type, defaultValue }) => ({
    name: variable.name.value,
    type: typeText(type),
    hasDefault: defaultValue !== undefined,
  }));
}

function typeText(node: NonNullable<OperationDefinitionNode['variableDefinitions']>[number]['type']): string {
  if (node.kind === Kind.NON_NULL_TYPE) return `${typeText(node.type)}!`;
  return node.kind === Kind.LIST_TYPE ? `[${typeText(node.type)}]` : node.name.value;
}

function variableSlots(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode) {
  return variableDefinitions.map(({ variable, type: node, defaultValue }): readonly [string, InputSlot] => {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) throw new Error(`The type of $${variable.name.value} is not an input type`);
    const name = variable.name.value;
    const value = defaultValue && 'value' in defaultValue ? defaultValue.value : undefined;
    const required = node.kind === Kind.NON_NULL_TYPE && !defaultValue;
    return [name, { type, required, description: null, coordinate: name, defaultValue: value }];
  });
}

function slotOf(owner: GraphQLInputObjectType, field: GraphQLInputField): InputSlot {
  return {
    type: field.type,
    required: isRequiredInputField(field),
    description: field.description ?? null,
    coordinate: `${owner.name}.${field.name}`,
    defaultValue: field.defaultValue,
  };
}

function placeSlot(
  name: string,
  target: string[],
  slot: InputSlot,
  { rest, inPath, byQuery }: Place,
  parameters: ParameterModel[],
  bodyFields: Map<string, InputSlot>,
): void {
  const header = rest.headers?.find(({ variable }) => variable === name);
  const one = (place: RestParameter['in'], kind: RestParameter['kind'], called = name, required = slot.required) =>
    parameters.push({ in: place, name: called, target, kind, list: false, required, slot, group: null });
  if (inPath.has(name)) return void one('path', kindOf(slot.type), name, true);
  if (header) {
    const named = { ...slot, coordinate: header.name };
    parameters.push({
      in: 'header',
      name: header.name,
      target,
      kind: 'text',
      list: false,
      required: false,
      slot: named,
      group: null,
    });
    return;
  }
  if (name === 'idempotencyKey') return void one('header', 'key', 'Idempotency-Key');
  if (name === 'expectedVersion') {
    one('header', 'version', 'If-Match');
    if (!byQuery) bodyFields.set(name, slot);
    return;
  }
  if (name === 'first') return void one('query', 'limit', 'limit');
  if (name === 'after') return void one('query', 'text', 'cursor');
  if (byQuery) parameters.push(...queryParameters(name, target, slot, name === 'filter'));
  else bodyFields.set(name, slot);
}

/**
 * Returns the query parameters for an input value. A filter's field becomes a parameter with the field's name. Any
 * other object's field becomes a parameter such as `price[min]`.
 */
function queryParameters(name: string, target: string[], slot: InputSlot, flat: boolean): readonly ParameterModel[] {
  const nullable = getNullableType(slot.type);
  if (isInputObjectType(nullable)) {
    if (isSort(nullable)) return [queryParameter(name, target, slot, 'sort')];
    return Object.values(nullable.getFields()).flatMap((field) => {
      const inner = slotOf(nullable, field);
      if (flat) return queryParameters(field.name, [...target, field.name], inner, false);
      const leaf = queryParameter(`${name}[${field.name}]`, [...target, field.name], inner, kindOf(field.type));
      return [{ ...leaf, group: name, required: false }];
    });
  }
  const item = getNamedType(slot.type);
  if (!isInputObjectType(item)) return [queryParameter(name, target, slot, kindOf(slot.type))];
  return [{ ...queryParameter(singular(name), target, slot, 'pair'), pair: pairOf(item, name) }];
}

/**
 * Describes how `name=key:value` fills an object with two text fields.
 * @throws Error when the object has other fields
 */
function pairOf(type: GraphQLInputObjectType, name: string): NonNullable<RestParameter['pair']> {
  const [key, value, ...others] = Object.values(type.getFields());
  if (!key || !value || others.length > 0 || !isText(key.type) || !isText(value.type)) {
    throw new Error(
      `${name} is a list of ${type.name}, which is not a pair of texts. A query parameter cannot carry it`,
    );
  }
  return { key: key.name, value: value.name, list: isListType(getNullableType(value.type)) };
}

function isText(type: GraphQLInputType): boolean {
  return !isInputObjectType(getNamedType(type)) && kindOf(type) === 'text';
}

function queryParameter(name: string, target: string[], slot: InputSlot, kind: RestParameter['kind']): ParameterModel {
  const list = isListType(getNullableType(slot.type));
  return { in: 'query', name, target, kind, list, required: slot.required, slot, group: null };
}

/** Returns whether an input type is a sort: an enum of fields, and a direction. */
function isSort(type: GraphQLInputObjectType): boolean {
  const { field, direction, ...others } = type.getFields();
  return (
    Object.keys(others).length === 0 &&
    isEnumType(getNullableType(field?.type)) &&
    isEnumType(getNullableType(direction?.type))
  );
}

function kindOf(type: GraphQLInputType): RestParameter['kind'] {
  const named = getNamedType(type);
  if (named === GraphQLInt) return 'integer';
  if (named === GraphQLFloat) return 'number';
  return named === GraphQLBoolean ? 'boolean' : 'text';
}

/** @throws Error when the operation does not have this variable, or when it has other variables without a location */
function rawBodyOf(variable: string, fields: ReadonlyMap<string, InputSlot>): RestRoute['body'] {
  if (fields.size === 1 && fields.has(variable)) return { variable, required: true, elsewhere: {}, raw: true };
  throw new Error(
    `The body of the route is $${variable}. Declare this variable, and give every other variable a header`,
  );
}

/**
 * The input fields of a file upload. One field receives the parts of the file. The query string carries the other
 * fields, because the body is the file itself.
 */
function fileOf(fields: ReadonlyMap<string, InputSlot>): Pick<NonNullable<RestRoute['body']>, 'file'> {
  const part = [...fields].find(([, { type }]) => getNamedType(type).name === 'FilePartInput');
  if (!part) return {};
  const [field] = part;
  const others = [...fields].filter(
    ([name, { type }]) => name !== field && !isInputObjectType(getNamedType(type)) && name !== 'text',
  );
  const kinds = others.map(([name, { type }]) => [name, kindOf(type) === 'boolean' ? 'boolean' : 'text'] as const);
  return { file: { field, fields: Object.fromEntries(kinds) } };
}

function bodyOf(
  variable: string | null,
  parameters: readonly ParameterModel[],
  fields: ReadonlyMap<string, InputSlot>,
  { byQuery }: Place,
): RestRoute['body'] {
  if (byQuery) return null;
  const elsewhere = parameters
    .filter(({ target, kind }) => kind !== 'version' && target.at(-1) !== undefined)
    .map(({ in: place, name, target }) => [target.at(-1) ?? name, placeText(place, name)] as const);
  return {
    variable,
    ...fileOf(fields),
    required: [...fields.values()].some(({ required }) => required),
    elsewhere: Object.fromEntries(elsewhere),
  };
}

function placeText(place: RestParameter['in'], name: string): string {
  if (place === 'path') return 'is a part of the address: leave it out of the body';
  return `is the ${place === 'header' ? 'header' : 'query parameter'} ${name}: send it there`;
}
