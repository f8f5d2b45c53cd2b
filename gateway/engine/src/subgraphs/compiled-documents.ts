import { GraphQLError, Kind, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { BoundedCache } from '../operation/bounded-cache.ts';

/** The compiled form of a query. Null: it refuses the variables, and no resolver has run. graphql-js words the refusal. */
type CompiledQuery = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => Promise<ExecutionResult | null>;

/** Compiling takes milliseconds, running a compiled list saves a third of one. A document that few requests use is not worth it. */
const COMPILE_AFTER = 20;
/** Each compiled document holds machine code of several 10 KiB. */
const MOST = 500;

/**
 * Compiles the documents of a schema that are used often to functions (graphql-jit), which resolve, complete and check values as
 * graphql-js does. Mutations are not compiled: they are not often enough equal. A property that is a function is not called; a field that
 * computes its value needs a resolver or a getter.
 */
export class CompiledDocuments {
  readonly #schema: GraphQLSchema;
  readonly #compileAfter: number;
  readonly #compiled = new BoundedCache<DocumentNode, CompiledQuery | 'NOT_COMPILABLE'>(MOST);
  readonly #uses = new WeakMap<DocumentNode, number>();

  /** @param compileAfter number of uses of a document before it is compiled. @default 20 */
  constructor(schema: GraphQLSchema, compileAfter = COMPILE_AFTER) {
    this.#schema = schema;
    this.#compileAfter = compileAfter;
  }

  /** Returns the compiled form of a document. Null: graphql-js must execute it. */
  of(document: DocumentNode): CompiledQuery | null {
    const known = this.#compiled.get(document);
    if (known) return known === 'NOT_COMPILABLE' ? null : known;
    const uses = this.#uses.get(document) ?? 0;
    this.#uses.set(document, uses + 1);
    if (uses < this.#compileAfter) return null;
    const compiled = this.#compile(document);
    this.#compiled.set(document, compiled ?? 'NOT_COMPILABLE');
    return compiled;
  }

  #compile(document: DocumentNode): CompiledQuery | null {
    if (!isOneQuery(document)) return null;
    const compiled = compileQuery(this.#schema, document, '', { disablingCapturingStackErrors: true });
    if (!isCompiledQuery(compiled)) return null;
    return async (variables, context) => {
      const result = await compiled.query(undefined, context, variables);
      return 'data' in result ? asGraphqlJs(result) : null;
    };
  }
}

function isOneQuery({ definitions }: DocumentNode): boolean {
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operations.length === 1 && operations.every((each) => 'operation' in each && each.operation === 'query');
}

/** graphql-jit leaves out the extensions of an error without any, where readers of `GraphQLError` expect an object. */
function asGraphqlJs(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(
    ({ message, path, originalError, extensions }) =>
      new GraphQLError(message, {
        path: path ?? null,
        originalError: originalError ?? null,
        extensions: extensions ?? null,
      }),
  );
  return { ...result, errors };
}
