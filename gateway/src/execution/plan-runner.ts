import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from './operation.ts';
import { PlanRun, type PlanSource, type SubgraphAnswer } from './plan/plan-run.ts';

/** Runs plans on the subgraphs, and puts their answers together. */
export class PlanRunner {
  readonly #sources: ReadonlyMap<string, PlanSource>;
  readonly #logger: FastifyBaseLogger;

  constructor(sources: ReadonlyMap<string, PlanSource>, logger: FastifyBaseLogger) {
    this.#sources = sources;
    this.#logger = logger;
  }

  /** The operation's answer; a subscription's, to this event of its subgraph. */
  async run(ready: ReadyOperation, event?: SubgraphAnswer): Promise<ExecutionResult> {
    const { variables, context } = ready.request;
    const { program } = ready.planned;
    const run = new PlanRun({
      variables,
      coerced: ready.coerced,
      context,
      sources: this.#sources,
      logger: this.#logger,
    });
    if (event) program.begin?.(run, event);
    await program.run(run);
    return answerOf(ready, run);
  }
}

/** What the client sees of all that came, with an error for each place that the actor may not see. */
function answerOf({ request, planned, coerced }: ReadyOperation, run: PlanRun): ExecutionResult {
  const { data, remarks } = planned.answer.shape(run.data, { variables: request.variables, coerced });
  if (planned.denied.length > 0) run.errors.push(...deniedErrors(planned.denied, request.context.actor, coerced));
  if (run.errors.length > 0) return { data, errors: run.errors };
  // Where something is null that may not be, an error mostly says why; where none does, this does.
  return remarks.length > 0 ? { data, extensions: { valueCompletion: remarks } } : { data };
}
