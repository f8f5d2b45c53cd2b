import { Kind, type ExecutionResult, type FieldNode, type GraphQLError } from 'graphql';
import type { OperationContext } from '../operation/operation-context.ts';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from './operation.ts';
import type { OperationExecutor } from './operation-executor.ts';
import { PlanRun, type PlanSource, type SubgraphAnswer } from '../plan/plan-run.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';

/** The answer to an operation, and the root fields that subgraphs reported as successful. */
export interface PlanOutcome {
  readonly result: ExecutionResult;
  /**
   * Response names of the root fields with an attempt limit, such as a login, that a subgraph reported as successful.
   * The answer itself does not prove success, because the client chooses the names in it.
   */
  readonly succeeded: ReadonlySet<string>;
}

/** Runs plans on the subgraphs, and combines their answers. */
export class PlanRunner implements OperationExecutor {
  readonly #sources: ReadonlyMap<string, PlanSource>;
  readonly #logger: EngineLogger;

  constructor(sources: ReadonlyMap<string, PlanSource>, logger: EngineLogger) {
    this.#sources = sources;
    this.#logger = logger;
  }

  /** Runs an operation. For a subscription, `event` is an event of its subgraph, and the result is the completed event. */
  async run(ready: ReadyOperation, event?: SubgraphAnswer): Promise<ExecutionResult> {
    return (await this.outcomeOf(ready, event)).result;
  }

  /** Does the same as `run`, and also returns the root fields that subgraphs reported as successful. */
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

  /** Shapes the answer for the client, with an error for each denied field and for each missing value. */
  #answerOf({ request, planned, coerced }: ReadyOperation, run: PlanRun): ExecutionResult {
    const { variables, context } = request;
    const { data, remarks } = planned.answer.shape(run.data, { variables, coerced }, run.lost);
    if (remarks.length > 0) this.#report(remarks, run);
    if (planned.denied.length > 0) run.errors.push(...deniedErrors(planned.denied, context.actor, coerced));
    return run.errors.length > 0 ? { data, errors: run.errors } : { data };
  }

  /**
   * Adds an error for each value that does not fit the schema, unless a subgraph has reported the cause (GraphQL, 6.4.4 Handling Field
   * Errors).
   */
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
      'the data of subgraphs does not fit the schema, the fields are null: compare their answers with their schemas',
    );
  }
}

/** The root fields that the operation selects outside of fragments. Errors have no location for a field in a fragment. */
function rootFields({ operation }: OperationContext, responseName: string): readonly FieldNode[] {
  return operation.selectionSet.selections.filter(
    (each) => each.kind === Kind.FIELD && (each.alias ?? each.name).value === responseName,
  ) as readonly FieldNode[];
}
