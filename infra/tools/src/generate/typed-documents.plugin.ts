import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { concatAST, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import type { PersistedOperation } from '../operations/persisted-operation.ts';
import { directivesOf, persistedOperations } from '../operations/persisted-operations.ts';

/** Options of the plugin in `codegen.ts`. */
export interface TypedDocumentsConfig {
  /** The file that defines the directives for generators. Clients do not send these directives. */
  readonly clientDirectives: string;
}

/**
 * A plugin of graphql-codegen: an `OperationDocument` for each operation, with its text and the id of the manifest. The plugin
 * `typescript-operations` generates the types, in `operation-types.ts` beside the output.
 */
export const plugin: PluginFunction<TypedDocumentsConfig> = (_schema, files, { clientDirectives }) => {
  const document = concatAST(files.flatMap((file) => file.document ?? []));
  const { definitions } = parse(readFileSync(clientDirectives, 'utf8'));
  return documentsModule(persistedOperations(document, directivesOf(definitions)));
};

function documentsModule(operations: readonly PersistedOperation[]): string {
  const imports = [
    `import type { OperationDocument } from '../operation-document.ts';`,
    `import type * as types from './operation-types.ts';`,
  ];
  return `${[imports.join('\n'), ...operations.map(documentOf)].join('\n\n')}\n`;
}

function documentOf({ id, name, type, body, description }: PersistedOperation): string {
  const kind = `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
  const typeName = `OperationDocument<'${type}', types.${name}${kind}, types.${name}${kind}Variables>`;
  return [
    ...(description ? [`/** ${description.replaceAll('*/', '* /').replace(/\s+/g, ' ')} */`] : []),
    `export const ${name}Document: ${typeName} = {`,
    `  id: '${id}',`,
    `  name: '${name}',`,
    `  type: '${type}',`,
    `  body: ${templateLiteral(body)},`,
    '};',
  ].join('\n');
}

/** A template literal with the text. The literal keeps the line breaks, so that a change can be reviewed. */
function templateLiteral(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, (sign) => `\\${sign}`)}\``;
}
