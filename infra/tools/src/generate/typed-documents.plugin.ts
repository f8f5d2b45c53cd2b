import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import {
  concatAST,
  getNamedType,
  isInputObjectType,
  Kind,
  parse,
  typeFromAST,
  type DocumentNode,
  type GraphQLSchema,
  type NamedTypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import { readFileSync } from 'node:fs';
import type { PersistedOperation } from '../operations/persisted-operation.ts';
import { directivesOf, persistedOperations } from '../operations/persisted-operations.ts';

/** Options of the plugin in `codegen.ts`. */
export interface TypedDocumentsConfig {
  /** The file that declares the directives for code generators. Clients do not send these directives. */
  readonly clientDirectives: string;
}

/**
 * A graphql-codegen plugin that writes an `OperationDocument` for each operation, with its text and its id in the
 * manifest. The types come from the plugin `typescript-operations`, in `operation-types.ts` beside the output.
 */
export const plugin: PluginFunction<TypedDocumentsConfig> = (schema, files, { clientDirectives }) => {
  const document = concatAST(files.flatMap((file) => file.document ?? []));
  const { definitions } = parse(readFileSync(clientDirectives, 'utf8'));
  return documentsModule(persistedOperations(document, directivesOf(definitions)), keyPlaces(schema, document));
};

type KeyPlaces = ReadonlyMap<string, 'variables' | 'input'>;

/** Returns the location of each operation's idempotency key, by the operation's name. */
function keyPlaces(schema: GraphQLSchema, { definitions }: DocumentNode): KeyPlaces {
  const places = new Map<string, 'variables' | 'input'>();
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name) continue;
    const place = keyPlace(schema, definition.variableDefinitions ?? []);
    if (place) places.set(definition.name.value, place);
  }
  return places;
}

function keyPlace(schema: GraphQLSchema, variables: readonly VariableDefinitionNode[]): 'variables' | 'input' | null {
  const typeOf = (name: string) => variables.find(({ variable }) => variable.name.value === name)?.type;
  if (typeOf('idempotencyKey')) return 'variables';
  const input = typeOf('input');
  const type = input && typeFromAST(schema, input as NamedTypeNode);
  const named = type && getNamedType(type);
  return isInputObjectType(named) && named.getFields()['idempotencyKey'] ? 'input' : null;
}

function documentsModule(operations: readonly PersistedOperation[], places: KeyPlaces): string {
  const imports = [
    `import type { OperationDocument } from '../operation-document.ts';`,
    `import type * as types from './operation-types.ts';`,
  ];
  return `${[imports.join('\n'), ...operations.map((operation) => documentOf(operation, places))].join('\n\n')}\n`;
}

function documentOf({ id, name, type, body, description }: PersistedOperation, places: KeyPlaces): string {
  const place = places.get(name);
  const kind = `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  const typeName = `OperationDocument<'${type}', types.${name}${kind}, types.${name}${kind}Variables>`;
  return [
    ...(description ? [`/** ${description.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */`] : []),
    `export const ${name}Document: ${typeName} = {`,
    `  id: '${id}',`,
    `  name: '${name}',`,
    `  type: '${type}',`,
    ...(place ? [`  keyIn: '${place}',`] : []),
    `  body: ${templateLiteral(body)},`,
    '};',
  ].join('\n');
}

/**
 * Formats the text as a template literal. The literal has line breaks, so a review shows which lines of the text
 * changed.
 */
function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`)}\``;
}
