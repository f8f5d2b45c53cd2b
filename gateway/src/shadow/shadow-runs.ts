import type { OperationExecutor, ReadyOperation, ReferenceFactory } from '@souk/engine/execution';
import type { FastifyBaseLogger } from 'fastify';
import { OperationTypeNode, type ExecutionResult } from 'graphql';
import { hash } from 'node:crypto';
import type { AnsweredOperation } from '../operations/operation-pipeline.ts';
import { differences } from './answer-comparison.ts';
import { planOutline } from './plan-outline.ts';

/** Options of shadow runs: the share of queries, and the executor that repeats them. */
export interface ShadowOptions {
  /** The share of queries that run twice, above 0 and at most 1. */
  readonly share: number;
  /**
   * Creates the second executor.
   * @default Apollo's executor
   */
  readonly reference?: ReferenceFactory;
  /**
   * Returns a random number from 0 to below 1. Called for each query.
   * @default `Math.random`
   */
  readonly random?: () => number;
}

/** The outcomes of shadow runs since the start of the gateway. */
export interface ShadowCounts {
  /** The number of runs in which both executors returned the same answer. */
  readonly agreed: number;
  readonly differed: number;
  /**
   * The number of runs with different answers in which a repetition by the serving executor also returned another
   * answer. The data has changed between the runs.
   */
  readonly unsettled: number;
  /** The number of runs in which the other executor failed. */
  readonly failed: number;
  /**
   * The number of queries without a shadow run. Either the maximum number of simultaneous runs was reached, or the plan depends on a label
   * of `@override`, which Apollo's gateway does not support.
   */
  readonly skipped: number;
}

/** The maximum number of simultaneous shadow runs. More runs would compete with clients for the subgraphs. */
const MOST_AT_ONCE = 4;

/** Runs a share of the queries with both executors after their answers were sent, and compares the answers. */
export class ShadowRuns {
  readonly #share: number;
  readonly #random: () => number;
  readonly #logger: FastifyBaseLogger;
  readonly #counts = { agreed: 0, differed: 0, unsettled: 0, failed: 0, skipped: 0 };
  readonly #running = new Set<Promise<void>>();
  #reserved = 0;

  constructor({ share, random = Math.random }: ShadowOptions, logger: FastifyBaseLogger) {
    this.#share = share;
    this.#random = random;
    this.#logger = logger;
  }

  counts(): ShadowCounts {
    return { ...this.#counts };
  }

  /** Chooses whether an answered query gets a shadow run. Mutations never run twice. */
  offer(answered: AnsweredOperation): void {
    const { ready, engine, call } = answered;
    const { other } = engine;
    if (ready.kind !== OperationTypeNode.QUERY || !other || asksForSchema(ready) || this.#random() >= this.#share)
      return;
    if (this.#reserved >= MOST_AT_ONCE || ready.planned.overrides.length > 0) {
      this.#counts.skipped += 1;
      return;
    }
    this.#reserved += 1;
    const afterAnswer = call.afterAnswer ?? setImmediate;
    afterAnswer(() => {
      const run = this.#run(answered, other).finally(() => {
        this.#reserved -= 1;
        this.#running.delete(run);
      });
      this.#running.add(run);
    });
  }

  /** Waits for the running shadow runs. Call it before the subgraphs are closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #run({ ready, engine, result }: AnsweredOperation, other: OperationExecutor): Promise<void> {
    try {
      const shadow = await answerOf(other, ready);
      const places = differences(result, shadow);
      const outcome = places.length === 0 ? 'agreed' : await settle(engine.executor, { ready, result, shadow });
      this.#counts[outcome] += 1;
      if (outcome === 'differed') this.#report(ready, places);
    } catch (error) {
      this.#counts.failed += 1;
      // Only the error's name is logged, because its message may contain the client's input.
      const reason = error instanceof Error ? error.name : typeof error;
      this.#logger.warn(
        { ...identityOf(ready), reason },
        'shadow run failed: the other engine gave no answer to compare',
      );
    }
  }

  #report(ready: ReadyOperation, places: readonly string[]): void {
    this.#logger.warn(
      { ...identityOf(ready), places, plan: planOutline(ready.planned.plan) },
      'shadow run differs: the two engines answer this query differently. Check the plan; until the cause is known, serve by the reference engine',
    );
  }
}

/** Classifies a difference. The difference may come from a change of the data between the two runs. */
async function settle(
  executor: OperationExecutor,
  {
    ready,
    result,
    shadow,
  }: { readonly ready: ReadyOperation; readonly result: ExecutionResult; readonly shadow: ExecutionResult },
): Promise<'agreed' | 'differed' | 'unsettled'> {
  const again = await answerOf(executor, ready);
  if (differences(again, shadow).length === 0) return 'agreed';
  return differences(again, result).length === 0 ? 'differed' : 'unsettled';
}

/**
 * Runs the operation outside of the client's trace. The run has a new request context, because the loaders of subgraphs cache by context.
 */
async function answerOf(executor: OperationExecutor, ready: ReadyOperation): Promise<ExecutionResult> {
  const { trace: _trace, ...context } = ready.request.context;
  const { result } = await executor.outcomeOf({ ...ready, request: { ...ready.request, context } });
  return result;
}

/** Whether an operation selects the schema. The executors add different directives to the schema, so these answers always differ. */
function asksForSchema({ prepared, planned }: ReadyOperation): boolean {
  if (planned.plan.node === undefined) return true;
  return prepared.context.operation.selectionSet.selections.some(
    (each) => 'name' in each && ['__schema', '__type'].includes(each.name.value),
  );
}

/** The operation's name and its id in the manifest, for the log. */
function identityOf({ request: { document, operationName }, prepared }: ReadyOperation) {
  const text = document.loc?.source.body;
  const operation = operationName ?? prepared.context.operation.name?.value ?? null;
  return { operation, ...(text !== undefined && { id: `sha256:${hash('sha256', text, 'hex')}` }) };
}
