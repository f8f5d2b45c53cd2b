import type { FastifyBaseLogger } from 'fastify';
import type { OperationLimits } from '../limits/operation-limits.ts';
import { OperationExecutor } from './operation-executor.ts';
import { OperationPreparer } from './operation-preparer.ts';
import { PlanRunner } from './plan-runner.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';
import { Subgraph } from './subgraph.ts';
import { loadSupergraph, type LoadedSupergraph } from './supergraph.ts';

/** What an engine is made of. */
export interface EngineOptions {
  readonly supergraph: string;
  readonly subgraphs: ReadonlyMap<string, SubgraphTransport>;
  readonly limits: OperationLimits;
  readonly logger: FastifyBaseLogger;
}

/** All that runs operations, whatever they came over. */
export interface Engine {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  readonly preparer: OperationPreparer;
  readonly runner: PlanRunner;
  readonly operations: OperationExecutor;
}

/** @throws Error when the supergraph cannot be read, or names a subgraph that cannot be reached. */
export function loadEngine({ supergraph: sdl, subgraphs: transports, limits, logger }: EngineOptions): Engine {
  const supergraph = loadSupergraph(sdl);
  const missing = supergraph.subgraphNames.filter((name) => !transports.has(name));
  if (missing.length > 0) throw new Error(`The supergraph names subgraphs that were not given: ${missing.join(', ')}`);
  const subgraphs = new Map([...transports].map(([name, each]) => [name, new Subgraph(name, each, logger)] as const));
  const preparer = new OperationPreparer(supergraph, limits);
  const runner = new PlanRunner(supergraph, Object.fromEntries(subgraphs), logger);
  return { supergraph, subgraphs, preparer, runner, operations: new OperationExecutor(preparer, runner, logger) };
}
