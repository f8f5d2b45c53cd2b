import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** An operation of `clients/operations` that is valid for the API. */
export interface PersistedOperation {
  /** The name, unique among all operations. */
  readonly name: string;
  readonly type: `${OperationTypeNode}`;
  /** The text that is executed: the operation, then its fragments, without descriptions and client directives. */
  readonly body: string;
  /** The SHA-256 of `body`, in hexadecimal. */
  readonly id: string;
  /** The operation as the file contains it, with descriptions and client directives (`@rest`). */
  readonly operation: OperationDefinitionNode;
  /** `operation` and its fragments, with descriptions and client directives. */
  readonly document: DocumentNode;
  /** The description before the operation (`"""..."""`), or null. */
  readonly description: string | null;
  /** Path within the folder of operations. */
  readonly file: string;
  /** Line of the operation in the file, counted from 1. */
  readonly line: number;
}

/** The content of a folder of operations. */
export interface OperationBook {
  /** The operations, sorted by name. */
  readonly operations: readonly PersistedOperation[];
  /** The API's schema with the directives for clients and generators, such as `@rest`. */
  readonly schema: GraphQLSchema;
}
