import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RequestContext } from '@souk/kit/context';
import { err, ok, type Result } from '@souk/kit/domain';

/** An operation as it comes over the wire. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Enough for the plans of several thousand operations. */
const DOCUMENTS = 5000;

/** Reads operations for a schema. The gateway sends the same texts again and again: each is parsed and validated once. */
export class OperationReader {
  readonly #schema: GraphQLSchema;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** What graphql-js wants of an operation, or what is wrong with it. */
  read(
    { query, operationName, variables }: OperationRequest,
    contextValue: RequestContext,
  ): Result<ExecutionArgs, readonly GraphQLError[]> {
    const document = this.#documentOf(query);
    if (!document.ok) return document;
    return ok({
      schema: this.#schema,
      document: document.value,
      operationName: operationName ?? null,
      variableValues: variables ?? null,
      contextValue,
    });
  }

  #documentOf(query: string): Result<DocumentNode, readonly GraphQLError[]> {
    const known = this.#documents.get(query);
    if (known) return ok(known);
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(this.#schema, document);
      if (errors.length > 0) return err(errors);
      this.#documents.set(query, document);
      return ok(document);
    } catch (error) {
      if (error instanceof GraphQLError) return err([error]);
      throw error;
    }
  }
}

/** The first field that an operation asks for: there are as many as the schema has, whatever callers name their operations. */
export function rootFieldOf({ document, operationName }: ExecutionArgs): string {
  const [first] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return first?.kind === 'Field' ? first.name.value : 'other';
}
