import type { Subgraph } from '../subgraphs/subgraph.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import type { PlanOutcome } from './plan-runner.ts';
import type { ReadyOperation } from './operation.ts';

/** Runs queries and mutations that may run. */
export interface OperationExecutor {
  /** The answer. @throws Error when the operation fails as a whole. */
  outcomeOf(ready: ReadyOperation): Promise<PlanOutcome>;
}

/** What a reference executor is made of: one supergraph, and the subgraphs as the own executor calls them. */
export interface ReferenceDependencies {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly logger: EngineLogger;
}

/** A second executor, which plans and runs operations by other code. */
export interface ReferenceExecutor extends OperationExecutor {
  /** Before its first operation. @throws Error when it cannot read the supergraph. */
  start(): Promise<void>;
}

/** Makes the reference executor of a supergraph. */
export type ReferenceFactory = (dependencies: ReferenceDependencies) => ReferenceExecutor;

/** What a reference executor is there for. */
export interface ReferenceChoice {
  readonly make: ReferenceFactory;
  /** Whether it serves clients. Else the own executor does, and this one is there to compare answers with. */
  readonly serves: boolean;
}
