import { inSpan, underSpan, type Span, type SpanStart, type Tracer } from '@souk/kit/tracing';
import { isSampled } from '@souk/kit/context';
import { getOperationAST, type ExecutionResult } from 'graphql';
import type { ReadyOperation } from '@souk/engine/execution';
import type { OperationCall } from '../operations/operation-call.ts';
import type { OperationParams } from '../operations/operation-params.ts';
import {
  OperationPipeline,
  type AdmittedOperation,
  type OperationAnswer,
  type OperationPipelineDependencies,
} from '../operations/operation-pipeline.ts';
import { errorCodes } from './error-codes.ts';

/** Error codes of failures in the platform. All other codes are refusals. */
const FAILURES = /\b(INTERNAL_SERVER_ERROR|SUBGRAPH_UNAVAILABLE|DATABASE_UNAVAILABLE)\b/;

/** A pipeline that records a span for every query and mutation, in the client's trace or in a new trace. */
export class TracedPipeline extends OperationPipeline {
  readonly #tracer: Tracer;

  constructor(dependencies: OperationPipelineDependencies, tracer: Tracer) {
    super(dependencies);
    this.#tracer = tracer;
  }

  override execute(params: OperationParams, call: OperationCall): Promise<OperationAnswer> {
    return inSpan(this.#tracer, spanOf(call), async (span) => {
      const answer = await super.execute(params, { ...call, context: underSpan(call.context, span) });
      describe(span, answer.admitted?.ready ?? null, answer.result);
      return answer;
    });
  }

  /** Runs an operation that was admitted earlier. Sockets and event streams admit and run in separate steps. */
  override run(admitted: AdmittedOperation, call: OperationCall): Promise<ExecutionResult> {
    return inSpan(this.#tracer, spanOf(call), async (span) => {
      const context = underSpan(call.context, span);
      const ready = { ...admitted.ready, request: { ...admitted.ready.request, context } };
      const result = await super.run({ ...admitted, ready }, { ...call, context });
      describe(span, ready, result);
      return result;
    });
  }
}

function spanOf({ context, transport }: OperationCall): SpanStart {
  const { trace: parent, tenantId, requestId } = context;
  const attributes = { 'souk.tenant.id': tenantId, 'souk.request.id': requestId, 'souk.transport': transport };
  return { name: 'graphql', kind: 'SERVER', parent, fromClient: true, attributes };
}

/** Sets the span's attributes by OpenTelemetry's semantic conventions for GraphQL. The document is omitted because of its size. */
function describe(span: Span, ready: ReadyOperation | null, { errors }: ExecutionResult): void {
  if (!isSampled(span.trace)) return;
  const operation = ready && getOperationAST(ready.request.document, ready.request.operationName);
  const type = operation?.operation;
  const name = operation?.name?.value;
  span.describe([type ?? 'graphql', name].filter(Boolean).join(' '), {
    ...(type && { 'graphql.operation.type': type }),
    ...(name && { 'graphql.operation.name': name }),
    ...(errors && { 'graphql.error.codes': errorCodes(errors) }),
  });
  const failure = errors?.find((error) => FAILURES.test(errorCodes([error])));
  if (failure) span.fail(failure);
}
