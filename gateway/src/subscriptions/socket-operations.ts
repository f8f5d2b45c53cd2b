import type { RequestContext } from '@souk/kit/context';
import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import type { DocumentCache } from '../execution/document-cache.ts';
import type { OperationExecutor } from '../execution/operation-executor.ts';
import type { OperationRequest } from '../execution/operation.ts';
import type { Caller } from '../identity/caller.ts';
import type { FederatedSubscriptions } from './federated-subscriptions.ts';

/** What operations over a socket need. */
export interface SocketOperationsParts {
  readonly schema: GraphQLSchema;
  readonly documents: DocumentCache;
  readonly operations: OperationExecutor;
  readonly subscriptions: FederatedSubscriptions;
  readonly maxOperationsPerSocket: number;
}

/** What Apollo Server does for HTTP, for operations that come over a socket. */
export class SocketOperations {
  readonly #parts: SocketOperationsParts;

  constructor(parts: SocketOperationsParts) {
    this.#parts = parts;
  }

  /** The arguments for `subscribe` or `execute`, or why the operation is refused. `open` counts it in. */
  read(
    { query, operationName, variables }: SubscribePayload,
    caller: Caller | undefined,
    open: number,
  ): ExecutionArgs | readonly GraphQLError[] {
    const { schema, documents, maxOperationsPerSocket } = this.#parts;
    if (!caller) throw new Error('an operation came before its caller was known');
    if (open > maxOperationsPerSocket) return [tooMany(maxOperationsPerSocket)];
    const { document, errors } = documents.read(query);
    if (errors) return errors.map(invalid);
    const contextValue: RequestContext = { ...caller.context, requestId: randomUUID() };
    return { schema, document, contextValue, variableValues: variables ?? {}, operationName: operationName ?? null };
  }

  async subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const result = await this.#parts.subscriptions.subscribe(requestOf(args));
    return Symbol.asyncIterator in result ? result : withoutHttp(result);
  }

  async execute(args: ExecutionArgs): Promise<ExecutionResult> {
    return withoutHttp(await this.#parts.operations.execute(requestOf(args)));
  }
}

/** The arguments are those of `read`. */
function requestOf({ document, operationName, variableValues, contextValue }: ExecutionArgs): OperationRequest {
  return { document, operationName, variables: variableValues ?? {}, context: contextValue as RequestContext };
}

/** Our errors carry the HTTP status that Apollo Server would send; there is none here. */
function withoutHttp({ errors, ...result }: ExecutionResult): ExecutionResult {
  if (!errors) return result;
  return {
    ...result,
    errors: errors.map(({ message, path, extensions: { http: _http, ...extensions } }) => {
      return new GraphQLError(message, { path: path ?? null, extensions });
    }),
  };
}

function invalid({ message, source, positions }: GraphQLError): GraphQLError {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
  return new GraphQLError(message, { source: source ?? null, positions: positions ?? null, extensions });
}

function tooMany(most: number): GraphQLError {
  return new GraphQLError(`A socket may have ${most} operations open at a time: complete one, or open another socket`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
