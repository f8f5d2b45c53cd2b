import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { concatAST, Kind, type OperationDefinitionNode } from 'graphql';

/**
 * A plugin of graphql-codegen. It writes one typed function for each operation. The function sends the document of the
 * operation.
 */
export const plugin: PluginFunction = (_schema, files) => {
  const { definitions } = concatAST(files.flatMap((file) => file.document ?? []));
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const imports = [
    `import { operationCall, subscriptionCall, type OperationCall, type SubscriptionCall } from '../operation-calls.ts';`,
    `import * as documents from './documents.ts';`,
    `import type * as types from './operation-types.ts';`,
  ];
  const calls = operations.flatMap((operation) => callOf(operation, operation.name?.value ?? ''));
  return `${[imports.join('\n'), ...calls].join('\n\n')}\n`;
};

function callOf({ operation, description }: OperationDefinitionNode, name: string): string {
  const kind = `${operation.slice(0, 1).toUpperCase()}${operation.slice(1)}`;
  const [type, factory] =
    operation === 'subscription' ? ['SubscriptionCall', 'subscriptionCall'] : ['OperationCall', 'operationCall'];
  const typeName = `${type}<types.${name}${kind}, types.${name}${kind}Variables>`;
  return [
    ...(description ? [`/** ${description.value.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */`] : []),
    `export const ${name.slice(0, 1).toLowerCase()}${name.slice(1)}: ${typeName} =`,
    // With this annotation, bundlers leave out the functions that an app does not use.
    `  /* @__PURE__ */ ${factory}(documents.${name}Document);`,
  ].join('\n');
}
