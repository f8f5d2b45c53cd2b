import type { RequestContext } from '@souk/kit/context';
import { reportedSuccesses } from '@souk/kit/results';
import type { ExecutionResult } from 'graphql';
import type { PlanSource, SubgraphAnswer } from '../plan/plan-run.ts';
import { presentSubgraphErrors, maskedError, type SubgraphErrors } from './subgraph-errors.ts';
import type { SubgraphRequest, SubgraphTransport } from './subgraph-transport.ts';
import type { EngineLogger } from './engine-logger.ts';

/** Calls a subgraph. Never throws. When the subgraph is down, only its fields become null. */
export class Subgraph implements PlanSource {
  readonly #name: string;
  readonly #transport: SubgraphTransport;
  readonly #logger: EngineLogger;
  readonly #errors: SubgraphErrors;

  constructor(name: string, transport: SubgraphTransport, logger: EngineLogger, errors: SubgraphErrors = 'masked') {
    this.#errors = errors;
    this.#name = name;
    this.#transport = transport;
    this.#logger = logger;
  }

  async fetch(request: SubgraphRequest): Promise<SubgraphAnswer> {
    try {
      return this.present(await this.#transport.fetch(request), request.context);
    } catch (error) {
      return this.#failed(error, request.context);
    }
  }

  /** Opens a subscription. Returns its raw results, or the answer that refuses the subscription. Call `present` on each raw result. */
  async subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | SubgraphAnswer> {
    try {
      const opened = await this.#transport.subscribe(request);
      return Symbol.asyncIterator in opened ? opened : this.present(opened, request.context);
    } catch (error) {
      return this.#failed(error, request.context);
    }
  }

  /** A result of the subgraph with errors that clients may read. When the data is null, the result has at least one error. */
  present({ data, errors, extensions }: ExecutionResult, context: RequestContext): SubgraphAnswer {
    const reported = extensions && { succeeded: reportedSuccesses(extensions) };
    if (errors?.length) {
      return { data: data ?? null, errors: presentSubgraphErrors(errors, this.#origin(context)), ...reported };
    }
    if (!data) return this.#failed(new Error('the subgraph returned neither data nor errors'), context);
    return { data, ...reported };
  }

  #failed(error: unknown, context: RequestContext): SubgraphAnswer {
    return { data: null, errors: [maskedError(error, this.#origin(context))] };
  }

  #origin(context: RequestContext) {
    return { service: this.#name, context, logger: this.#logger, subgraphErrors: this.#errors };
  }
}
