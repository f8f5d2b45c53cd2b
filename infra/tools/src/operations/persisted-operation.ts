import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** A valid operation of `clients/operations`. */
export interface PersistedOperation {
  /** The name, unique among all operations. */
  readonly name: string;
  readonly type: `${OperationTypeNode}`;
  /**
   * The text that the gateway executes: the operation and its fragments, without descriptions and without directives
   * such as `@rest`.
   */
  readonly body: string;
  /** SHA-256 of `body` in hexadecimal. */
  readonly id: string;
  /** The operation as in the file, with descriptions and directives such as `@rest`. */
  readonly operation: OperationDefinitionNode;
  /** `operation` and its fragments, with descriptions and directives such as `@rest`. */
  readonly document: DocumentNode;
  /** The description above the operation (`"""..."""`). Null when the operation has no description. */
  readonly description: string | null;
  /** The path relative to the folder of operations. */
  readonly file: string;
  /** The operation's line in the file, counted from 1. */
  readonly line: number;
}

/** All operations of a folder. */
export interface OperationBook {
  /** The operations, sorted by name. */
  readonly operations: readonly PersistedOperation[];
  /** The API schema with the additional directives for clients and code generators, such as `@rest`. */
  readonly schema: GraphQLSchema;
}
