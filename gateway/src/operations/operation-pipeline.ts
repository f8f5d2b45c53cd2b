import { addressKey } from '../identity/address-key.ts';
import { err, ok, type Result } from '@souk/kit/domain';
import { GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import type { Engine, LiveEngine, ReadyOperation } from '@souk/engine/execution';
import { unexpectedFailure } from '@souk/engine/subgraphs';
import { ADMITTED, type Admission, type Guard } from './guard.ts';
import type { OperationCall } from './operation-call.ts';
import type { OperationParams } from './operation-params.ts';
import type { OperationSource } from './operation-source.ts';

export interface OperationPipelineDependencies {
  readonly engine: LiveEngine;
  readonly source: OperationSource;
  /** The guards, in the order in which they run. The first refusal ends the operation. */
  readonly guards: readonly Guard[];
  readonly logger: FastifyBaseLogger;
  /**
   * Called with every query and mutation that was answered. Must not throw.
   * @default no call
   */
  readonly onAnswered?: (answered: AnsweredOperation) => void;
}

/** A query or a mutation that ran, with its answer. The answer has no extensions. */
export interface AnsweredOperation {
  readonly ready: ReadyOperation;
  readonly engine: Engine;
  readonly result: ExecutionResult;
  readonly call: OperationCall;
}

/** An operation that every guard has admitted, with the engine that validated it. */
export interface AdmittedOperation {
  readonly ready: ReadyOperation;
  readonly engine: Engine;
  /** Fields that guards add to the answer's `extensions`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Callbacks of the guards, see `Admission.onAnswer`. */
  readonly onAnswer: readonly NonNullable<Admission['onAnswer']>[];
}

/** The answer to an operation. `admitted` is null when the operation was refused. */
export interface OperationAnswer {
  readonly result: ExecutionResult;
  readonly admitted: AdmittedOperation | null;
}

type Refusal = readonly GraphQLError[];

const BAD_REQUEST = { status: 400 };

/**
 * The steps of every operation, independent of its transport: find the query text, parse, validate, admit, run. Never
 * throws.
 */
export class OperationPipeline {
  readonly #dependencies: OperationPipelineDependencies;

  constructor(dependencies: OperationPipelineDependencies) {
    this.#dependencies = dependencies;
  }

  get generation(): number {
    return this.#dependencies.engine.current.generation;
  }

  /** Whether any answer of the present supergraph may be cached. */
  get keepsAnswers(): boolean {
    return this.#dependencies.engine.current.supergraph.cacheHints.size > 0;
  }

  /** Runs all steps of an operation up to its admission. `run` then executes the operation. */
  async admit(params: OperationParams, call: OperationCall): Promise<Result<AdmittedOperation, Refusal>> {
    try {
      const engine = this.#dependencies.engine.current;
      const found = this.#dependencies.source(params, call);
      const text = found instanceof Promise ? await found : found;
      if (!text.ok) return err([text.error]);
      const ready = readyOperation(engine, text.value, params, call);
      return ready.ok ? await this.#askGuards(engine, ready.value, call) : ready;
    } catch (error) {
      return err(unexpectedFailure(error, this.#origin(call)).errors);
    }
  }

  async execute(params: OperationParams, call: OperationCall): Promise<OperationAnswer> {
    const admitted = await this.admit(params, call);
    if (!admitted.ok) return { result: { errors: admitted.error }, admitted: null };
    if (admitted.value.ready.kind === OperationTypeNode.SUBSCRIPTION) {
      return { result: { errors: [needsStream()] }, admitted: null };
    }
    return { result: await this.#run(admitted.value, call), admitted: admitted.value };
  }

  run(admitted: AdmittedOperation, call: OperationCall): Promise<ExecutionResult> {
    return this.#run(admitted, call);
  }

  async #run(
    { ready, engine, extensions, onAnswer }: AdmittedOperation,
    call: OperationCall,
  ): Promise<ExecutionResult> {
    try {
      const { result, succeeded } = await engine.executor.outcomeOf(ready);
      for (const callback of onAnswer) await callback(result, succeeded);
      this.#dependencies.onAnswered?.({ ready, engine, result, call });
      return isEmpty(extensions) ? result : { ...result, extensions: { ...result.extensions, ...extensions } };
    } catch (error) {
      return unexpectedFailure(error, this.#origin(call));
    }
  }

  async #askGuards(
    engine: Engine,
    ready: ReadyOperation,
    call: OperationCall,
  ): Promise<Result<AdmittedOperation, Refusal>> {
    let admitted: AdmittedOperation = { ready, engine, extensions: {}, headers: {}, onAnswer: [] };
    for (const guard of this.#dependencies.guards) {
      const asked = guard(ready, call);
      const answer = asked instanceof Promise ? await asked : asked;
      if (!answer.ok) return err([answer.error]);
      if (answer === ADMITTED) continue;
      const { extensions, headers, onAnswer } = answer.value;
      if (extensions) admitted = { ...admitted, extensions: { ...admitted.extensions, ...extensions } };
      if (headers) admitted = { ...admitted, headers: { ...admitted.headers, ...headers } };
      if (onAnswer) admitted = { ...admitted, onAnswer: [...admitted.onAnswer, onAnswer] };
    }
    return ok(admitted);
  }

  #origin({ context }: OperationCall) {
    return { service: null, context, logger: this.#dependencies.logger };
  }
}

/** Prepares an operation. Its text must be valid for the engine's schema, and within the limits. */
function readyOperation(
  { documents, preparer }: Engine,
  text: string,
  { operationName, variables }: OperationParams,
  { context, readOnly, address }: OperationCall,
): Result<ReadyOperation, Refusal> {
  const checked = documents.read(text);
  if (!checked.document) return err(checked.errors.map((error) => invalid(error, checked.wrong)));
  const ready = preparer.ready({ document: checked.document, operationName, variables, context });
  const isMutation = ready.ok && ready.value.kind === OperationTypeNode.MUTATION;
  if (!isMutation) return ready;
  if (readOnly) return err([mutationByGet()]);
  // Only mutations get the client's address in their context. The contexts of queries stay equal for different clients,
  // so their queries can share fetches.
  const request = { ...ready.value.request, context: { ...context, clientAddress: addressKey(address) } };
  return ok({ ...ready.value, request });
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  for (const _name in record) return false;
  return true;
}

function invalid(error: GraphQLError, wrong: 'SYNTAX' | 'SIZE' | 'SCHEMA'): GraphQLError {
  if (wrong === 'SIZE') return error;
  const { message, source, positions } = error;
  const code = wrong === 'SYNTAX' ? 'GRAPHQL_PARSE_FAILED' : 'GRAPHQL_VALIDATION_FAILED';
  return new GraphQLError(message, { source: source ?? null, positions: positions ?? null, extensions: { code } });
}

function mutationByGet(): GraphQLError {
  return new GraphQLError('A GET changes nothing: send mutations by POST', {
    extensions: { code: 'METHOD_NOT_ALLOWED', http: { status: 405, headers: { allow: 'POST' } } },
  });
}

function needsStream(): GraphQLError {
  return new GraphQLError(
    'Subscriptions run at this same address over a WebSocket, with the protocol graphql-transport-ws, or with `Accept: text/event-stream`',
    { extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM', http: BAD_REQUEST } },
  );
}
