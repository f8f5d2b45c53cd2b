import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  isInputObjectType,
  isInterfaceType,
  isListType,
  getNullableType,
  isObjectType,
  parse,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLInputField,
  type GraphQLNamedType,
  buildASTSchema,
} from 'graphql';
import { ROOT } from './generate/generated-file.ts';
import { ROSTER } from '@souk/deployment/roster';

const documents = ROSTER.map(({ name }): readonly [string, DocumentNode] => [
  name,
  parse(readFileSync(`${ROOT}subgraphs/${name}/schema.graphql`, 'utf8')),
]);

/** The types of all subgraphs. `assumeValid` accepts the federation directives, which the schemas do not define. */
const types: readonly GraphQLNamedType[] = documents.flatMap(([, document]) =>
  Object.values(buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }).getTypeMap()),
);

function inputFields(): readonly (readonly [coordinate: string, field: GraphQLInputField])[] {
  return types
    .filter(isInputObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const));
}

test('every list in an input or an argument states its maximum', () => {
  const args = types
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => field.args.map((arg) => [field.name, arg] as const)),
    );
  const lists = [...inputFields(), ...args].filter(([, { type }]) => isListType(getNullableType(type)));
  expect(lists.length).toBeGreaterThan(30);
  const unbounded = lists.filter(([, { description }]) => !/\bAt most \d+\./.test(description ?? ''));
  expect(unbounded.map(([coordinate]) => coordinate)).toEqual([]);
});

/**
 * Connections without backward pages. Search results are sorted by relevance, so clients read them forwards from the
 * best result.
 */
const FORWARDS_ONLY = ['Query.search'];

test('every connection pages in both directions', () => {
  const connections = types
    .filter((type) => isObjectType(type))
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const))
    .filter(([, { type }]) => getNullableType(type).toString().endsWith('Connection'));
  expect(connections.length).toBeGreaterThan(15);
  const oneWay = connections.filter(([, { args }]) => {
    const given = args.map(({ name, type }) => `${name}: ${type.toString()}`);
    return ['first: Int', 'after: String', 'last: Int', 'before: String'].some((each) => !given.includes(each));
  });
  expect(oneWay.map(([coordinate]) => coordinate)).toEqual(FORWARDS_ONLY);
});

test('every optional field of an update describes the effect of null', () => {
  const alwaysOptional = ['expectedVersion', 'idempotencyKey'];
  const silent = inputFields()
    .filter(([coordinate]) => /UpdateInput\./.test(coordinate))
    .filter(([, { type, name }]) => type === getNullableType(type) && !alwaysOptional.includes(name))
    .filter(([, { description }]) => !/\bnull\b/i.test(description ?? ''));
  expect(silent.map(([coordinate]) => coordinate)).toEqual([]);
});

/** Fields that contain a user of the shop, or an id in the shop's other systems. */
const INTERNAL = new Set(['createdBy', 'updatedBy', 'by', 'actorId', 'externalReference']);

test('fields with the users behind a change, and with ids of other systems, require scopes', () => {
  const open = documents.flatMap(([, { definitions }]) =>
    definitions.flatMap((definition) => {
      if (definition.kind !== 'ObjectTypeDefinition' || REACHED_BY_STAFF.has(definition.name.value)) return [];
      return (definition.fields ?? [])
        .filter((field) => INTERNAL.has(field.name.value) && !needsScopes(field))
        .map((field) => `${definition.name.value}.${field.name.value}`);
    }),
  );
  expect(open).toEqual([]);
});

/** Types that only fields with a required scope return. */
const REACHED_BY_STAFF = new Set(['StockMovement']);

test('a type that is excepted, because only staff reach it, is returned only by fields with scopes', () => {
  const open = documents.flatMap(([, { definitions }]) =>
    definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition' && !/(Connection|Edge)$/.test(definition.name.value)
        ? (definition.fields ?? [])
            .filter((field) => REACHED_BY_STAFF.has(namedType(field).replace(/Connection$/, '')) && !needsScopes(field))
            .map((field) => `${definition.name.value}.${field.name.value}`)
        : [],
    ),
  );
  expect(open).toEqual([]);
});

function needsScopes({ directives = [] }: FieldDefinitionNode): boolean {
  return directives.some(({ name }: ConstDirectiveNode) => name.value === 'requiresScopes');
}

function namedType({ type }: FieldDefinitionNode): string {
  let inner = type;
  while (inner.kind !== 'NamedType') inner = inner.type;
  return inner.name.value;
}
