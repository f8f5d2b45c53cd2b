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

/** The parameters of a GraphQL over HTTP request. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The maximum number of cached documents, which is enough for several thousand operations. */
const DOCUMENTS = 5000;

/** Parses and validates operations for one schema. Each text is parsed once, because the gateway repeats the same texts. */
export class OperationReader {
  readonly #schema: GraphQLSchema;
  readonly #documents = new LRUCache<string, DocumentNode>({ max: DOCUMENTS });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** The arguments of graphql-js' `execute` for an operation, or the errors of its document. */
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

/**
 * The name of the first root field of an operation, as a metrics label. Operation names would be unbounded, because clients choose them.
 * The number of fields is bounded by the schema.
 */
export function rootFieldOf({ document, operationName }: ExecutionArgs): string {
  const [first] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  return first?.kind === 'Field' ? first.name.value : 'other';
}
