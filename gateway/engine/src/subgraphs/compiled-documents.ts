import { GraphQLError, Kind, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { BoundedCache } from '../operation/bounded-cache.ts';

/**
 * A compiled query. It returns null when it refuses the variables. In that case no resolver has run, and graphql-js
 * must report the error.
 */
type CompiledQuery = (
  variables: Readonly<Record<string, unknown>>,
  context: unknown,
) => Promise<ExecutionResult | null>;

/**
 * Compiling takes milliseconds, and a compiled query saves about a third of a millisecond per run. Compiling a rarely used document would
 * cost more than it saves.
 */
const COMPILE_AFTER = 20;
/** The maximum number of compiled documents. The machine code of one document takes some 10 KiB. */
const MOST = 500;

/**
 * Compiles frequently used documents to functions with graphql-jit. The functions resolve, complete and check values as
 * graphql-js does. Mutations are not compiled, because their texts rarely repeat. Unlike graphql-js, graphql-jit does
 * not call a property that is a function. A computed field therefore needs a resolver or a getter.
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

  /** Returns the compiled form of a document, or null when graphql-js must execute the document. */
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

/**
 * Adds empty `extensions` to errors without extensions. graphql-jit omits the member, but code that reads a `GraphQLError` expects an
 * object.
 */
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
