import type { Subgraph } from '../subgraphs/subgraph.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import type { PlanOutcome } from './plan-runner.ts';
import type { ReadyOperation } from './operation.ts';

/** Runs queries and mutations that the gateway has admitted. */
export interface OperationExecutor {
  /**
   * Runs an operation.
   * @throws Error when the operation fails as a whole
   */
  outcomeOf(ready: ReadyOperation): Promise<PlanOutcome>;
}

export interface ReferenceDependencies {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly logger: EngineLogger;
}

/** A second executor, which plans and runs operations with other code. */
export interface ReferenceExecutor extends OperationExecutor {
  /**
   * Prepares the executor. Call `start` before the first operation.
   * @throws Error when the executor cannot read the supergraph
   */
  start(): Promise<void>;
}

/** Creates the reference executor of a supergraph. */
export type ReferenceFactory = (dependencies: ReferenceDependencies) => ReferenceExecutor;

/** The reference executor and its role. */
export interface ReferenceChoice {
  readonly make: ReferenceFactory;
  /** Whether the reference executor serves clients. With false Souk's own executor serves them, and the reference is for comparisons. */
  readonly serves: boolean;
}
