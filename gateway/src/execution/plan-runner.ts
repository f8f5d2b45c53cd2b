import type { FastifyBaseLogger } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from './operation.ts';
import { PlanRun, type PlanSource, type SubgraphAnswer } from './plan/plan-run.ts';

/** The answer to an operation, and what the subgraphs report beside it. */
export interface PlanOutcome {
  readonly result: ExecutionResult;
  /** Response names of root fields whose attempts succeeded. The answer itself does not prove that: its names are the client's. */
  readonly succeeded: ReadonlySet<string>;
}

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
    return (await this.outcomeOf(ready, event)).result;
  }

  /** As `run`, with the reports of the subgraphs. */
  async outcomeOf(ready: ReadyOperation, event?: SubgraphAnswer): Promise<PlanOutcome> {
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
    return { result: answerOf(ready, run), succeeded: run.succeeded };
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
