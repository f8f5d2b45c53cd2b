import { Kind, type ExecutionResult, type FieldNode, type GraphQLError } from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from './operation.ts';
import type { OperationExecutor } from './operation-executor.ts';
import { PlanRun, type PlanSource, type SubgraphAnswer } from '../plan/plan-run.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';

/** The answer to an operation, and what the subgraphs report beside it. */
export interface PlanOutcome {
  readonly result: ExecutionResult;
  /** Response names of root fields whose attempts succeeded. The answer itself does not prove that: its names are the client's. */
  readonly succeeded: ReadonlySet<string>;
}

/** Runs plans on the subgraphs, and puts their answers together. */
export class PlanRunner implements OperationExecutor {
  readonly #sources: ReadonlyMap<string, PlanSource>;
  readonly #logger: EngineLogger;

  constructor(sources: ReadonlyMap<string, PlanSource>, logger: EngineLogger) {
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
      fieldNodes: (name) => rootFields(ready.prepared.context, name),
    });
    if (event) program.begin?.(run, event);
    await program.run(run);
    return { result: this.#answerOf(ready, run), succeeded: run.succeeded };
  }

  /** What the client sees of all that came, with an error for each place that the actor may not see, or that lacks a value. */
  #answerOf({ request, planned, coerced }: ReadyOperation, run: PlanRun): ExecutionResult {
    const { variables, context } = request;
    const { data, remarks } = planned.answer.shape(run.data, { variables, coerced }, run.lost);
    if (remarks.length > 0) this.#report(remarks, run);
    if (planned.denied.length > 0) run.errors.push(...deniedErrors(planned.denied, context.actor, coerced));
    return run.errors.length > 0 ? { data, errors: run.errors } : { data };
  }

  /** Notes an error where a value does not fit the schema, unless a subgraph has said why (GraphQL, 6.4.4 Handling Field Errors). */
  #report(remarks: readonly GraphQLError[], run: PlanRun): void {
    const { requestId, correlationId, tenantId } = run.input.context;
    const isExplained = run.reported.explained();
    const unexplained = remarks.filter(({ path = [] }) => !isExplained(path));
    const [first] = unexplained;
    if (!first) return;
    for (const { message, path = [] } of unexplained) {
      run.fail({ message, path, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } });
    }
    const facts = { reason: first.message, path: first.path, count: unexplained.length };
    this.#logger.warn(
      { ...facts, requestId, correlationId, tenantId },
      'the data of subgraphs does not fit the schema',
    );
  }
}

/** Root fields that stand in the operation itself; those of fragments have no place of their own in an error. */
function rootFields({ operation }: OperationContext, responseName: string): readonly FieldNode[] {
  return operation.selectionSet.selections.filter(
    (each) => each.kind === Kind.FIELD && (each.alias ?? each.name).value === responseName,
  ) as readonly FieldNode[];
}
