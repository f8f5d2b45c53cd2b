import { GraphQLError, type ExecutionArgs, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../identity/caller.ts';
import { withoutHttp } from '../operations/http-of-errors.ts';
import type { OperationCall } from '../operations/operation-call.ts';
import { operationParams } from '../operations/operation-params.ts';
import type { AdmittedOperation, OperationPipeline } from '../operations/operation-pipeline.ts';
import type { FederatedSubscriptions } from './federated-subscriptions.ts';

/** What operations over a socket need. */
export interface SocketOperationsParts {
  readonly pipeline: OperationPipeline;
  readonly subscriptions: FederatedSubscriptions;
  readonly maxOperationsPerSocket: number;
}

/** An operation of a socket that was let in. */
interface SocketOperation {
  readonly admitted: AdmittedOperation;
  readonly call: OperationCall;
}

/** A socket as far as its operations are concerned. */
export interface SocketPeer {
  /** Undefined before `connection_init` was accepted. */
  readonly caller: Caller | undefined;
  readonly address: string;
  /** How many of its operations are under way, this one included. */
  readonly open: number;
}

/** Operations that come over a socket, between graphql-ws and the pipeline. */
export class SocketOperations {
  readonly #parts: SocketOperationsParts;

  constructor(parts: SocketOperationsParts) {
    this.#parts = parts;
  }

  /** The arguments for `subscribe` or `execute`, or why the operation is refused. */
  async read(payload: SubscribePayload, peer: SocketPeer): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const { pipeline, maxOperationsPerSocket } = this.#parts;
    if (!peer.caller) throw new Error('an operation came before its caller was known');
    if (peer.open > maxOperationsPerSocket) return [tooMany(maxOperationsPerSocket)];
    const params = operationParams(payload);
    if (!params.ok) return [new GraphQLError(params.error, { extensions: { code: 'BAD_REQUEST' } })];
    const context = { ...peer.caller.context, requestId: randomUUID() };
    const call: OperationCall = { context, transport: 'SOCKET', address: peer.address, readOnly: false };
    const admitted = await pipeline.admit(params.value, call);
    return admitted.ok
      ? argsOf({ admitted: admitted.value, call })
      : (withoutHttp({ errors: admitted.error }).errors ?? []);
  }

  async subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
    const result = await this.#parts.subscriptions.subscribe(operationOf(args).admitted);
    return Symbol.asyncIterator in result ? result : withoutHttp(result);
  }

  async execute(args: ExecutionArgs): Promise<ExecutionResult> {
    const { admitted, call } = operationOf(args);
    return withoutHttp(await this.#parts.pipeline.run(admitted, call));
  }
}

function argsOf(operation: SocketOperation): ExecutionArgs {
  const { ready, engine } = operation.admitted;
  const { document, operationName } = ready.request;
  const schema: GraphQLSchema = engine.supergraph.apiSchema;
  return { schema, document, operationName: operationName ?? null, contextValue: operation };
}

/** The arguments are those of `argsOf`. */
function operationOf({ contextValue }: ExecutionArgs): SocketOperation {
  return contextValue as SocketOperation;
}

function tooMany(most: number): GraphQLError {
  return new GraphQLError(`A socket may have ${most} operations open at a time: complete one, or open another socket`, {
    extensions: { code: 'TOO_MANY_OPERATIONS' },
  });
}
