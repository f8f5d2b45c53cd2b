import { GraphQLError, OperationTypeNode, type ExecutionResult } from 'graphql';
import type { FastifyBaseLogger } from 'fastify';
import type { OperationPreparer } from './operation-preparer.ts';
import type { OperationRequest } from './operation.ts';
import type { PlanRunner } from './plan-runner.ts';
import { answerSurprise } from './subgraph-errors.ts';

/** Runs the queries and mutations of clients. */
export class OperationExecutor {
  readonly #preparer: OperationPreparer;
  readonly #runner: PlanRunner;
  readonly #logger: FastifyBaseLogger;

  constructor(preparer: OperationPreparer, runner: PlanRunner, logger: FastifyBaseLogger) {
    this.#preparer = preparer;
    this.#runner = runner;
    this.#logger = logger;
  }

  /** The answer. Every failure is an error in it. */
  async execute(request: OperationRequest): Promise<ExecutionResult> {
    try {
      const ready = this.#preparer.ready(request);
      if (!ready.ok) return { errors: ready.error };
      if (ready.value.kind === OperationTypeNode.SUBSCRIPTION) return { errors: [needsSocket()] };
      return await this.#runner.run(ready.value);
    } catch (error) {
      return answerSurprise(error, { service: null, context: request.context, logger: this.#logger });
    }
  }
}

function needsSocket(): GraphQLError {
  return new GraphQLError(
    'Subscriptions run over a WebSocket at this same address, with the protocol graphql-transport-ws',
    { extensions: { code: 'SUBSCRIPTION_NEEDS_WEBSOCKET', http: { status: 400 } } },
  );
}
