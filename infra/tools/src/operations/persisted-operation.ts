import type { DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** An operation of `clients/operations`, valid for the API. */
export interface PersistedOperation {
  /** Unique among all operations. */
  readonly name: string;
  readonly type: `${OperationTypeNode}`;
  /** What is sent and executed: the operation and then the fragments it uses, without descriptions and client directives. */
  readonly body: string;
  /** sha256 of `body`, in hex. */
  readonly id: string;
  /** As written, with descriptions and client directives (`@rest`). */
  readonly operation: OperationDefinitionNode;
  /** `operation` and the fragments it uses, as written. */
  readonly document: DocumentNode;
  /** The text in front of the operation (`"""..."""`), or null. */
  readonly description: string | null;
  /** Relative to the folder of the operations. */
  readonly file: string;
  /** Where in the file the operation begins, counted from 1. */
  readonly line: number;
}

/** All that a folder of operations says. */
export interface OperationBook {
  /** By name. */
  readonly operations: readonly PersistedOperation[];
  /** The API's schema with the directives that only clients and generators know, `@rest` for one. */
  readonly schema: GraphQLSchema;
}
