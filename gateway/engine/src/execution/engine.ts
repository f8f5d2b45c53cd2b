import { NoSchemaIntrospectionCustomRule, specifiedRules } from 'graphql';
import { tooManyToMerge } from '../operation/merged-fields.ts';
import type { OperationLimits } from '../operation/operation-limits.ts';
import { DocumentCache } from '../operation/document-cache.ts';
import { OneOfVariablesRule } from '../operation/one-of-variables.ts';
import type { OperationExecutor, ReferenceChoice, ReferenceDependencies } from './operation-executor.ts';
import { OperationPreparer } from './operation-preparer.ts';
import { PlanRunner } from './plan-runner.ts';
import { ProgressiveOverrides, type OverrideShares } from '../supergraph/progressive-overrides.ts';
import type { SubgraphErrors } from '../subgraphs/subgraph-errors.ts';
import type { SubgraphTransports } from '../subgraphs/subgraph-transports.ts';
import { Subgraph } from '../subgraphs/subgraph.ts';
import { loadSupergraph, type LoadedSupergraph } from '../supergraph/supergraph.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';

/** The options that all engines of a gateway share. */
export interface EngineOptions {
  readonly transports: SubgraphTransports;
  readonly limits: OperationLimits;
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  readonly logger: EngineLogger;
  /** @default masked */
  readonly subgraphErrors?: SubgraphErrors;
  /**
   * The percentage of requests for each label of `@override`.
   * @default the percentage in labels such as `percent(5)`
   */
  readonly overrides?: OverrideShares;
  /**
   * The reference executor and its role.
   * @default none
   */
  readonly reference?: ReferenceChoice | null;
}

/** The schema, the documents and the executors of one supergraph. Immutable. Independent of the transport. */
export interface Engine {
  /** The number of the supergraph in this gateway process, from 1. Each new supergraph increments it. */
  readonly generation: number;
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** The operation texts of clients, parsed and validated against this supergraph. */
  readonly documents: DocumentCache;
  readonly preparer: OperationPreparer;
  /** Souk's own executor. It serves all subscriptions, even when another executor serves queries and mutations. */
  readonly runner: PlanRunner;
  /** Answers queries and mutations. */
  readonly executor: OperationExecutor;
  /**
   * The executor that does not serve clients. Shadow runs compare its answers with the answers of `executor`. Null
   * without a reference executor.
   */
  readonly other: OperationExecutor | null;
  /**
   * Prepares the executors. Call `start` before the first operation.
   * @throws Error when the reference executor cannot read the supergraph
   */
  start(): Promise<void>;
}

/** The maximum number of parsed operation texts in the cache. When a text is evicted, its plans are evicted too. */
const DOCUMENTS = 5000;

const RULES = [...specifiedRules, OneOfVariablesRule];

/**
 * Loads an engine.
 * @throws Error when the supergraph cannot be read, or contains a subgraph without a transport
 */
export function loadEngine(
  sdl: string,
  generation: number,
  { transports, limits, introspection, logger, subgraphErrors, overrides: shares, reference: choice }: EngineOptions,
): Engine {
  const supergraph = loadSupergraph(sdl);
  const subgraphs = new Map(
    [...transports.of(supergraph.subgraphs)].map(
      ([name, each]) => [name, new Subgraph(name, each, logger, subgraphErrors)] as const,
    ),
  );
  const overrides = new ProgressiveOverrides(supergraph.overrideLabels, shares);
  for (const label of overrides.undecided) {
    logger.warn(
      { label },
      'a label of @override has no share, the overridden subgraph answers all requests: set the share of the label',
    );
  }
  const documents = new DocumentCache(supergraph.apiSchema, {
    capacity: DOCUMENTS,
    parse: { maxTokens: limits.tokens, noLocation: false },
    tooLarge: (document) => tooManyToMerge(document, limits.fields),
    rules: introspection ? RULES : [...RULES, NoSchemaIntrospectionCustomRule],
    hideSuggestions: !introspection,
  });
  return {
    generation,
    supergraph,
    subgraphs,
    documents,
    preparer: new OperationPreparer(supergraph, limits, !introspection, overrides),
    ...executorsOf({ supergraph, subgraphs, logger }, choice ?? null),
  };
}

function executorsOf(
  dependencies: ReferenceDependencies,
  choice: ReferenceChoice | null,
): Pick<Engine, 'runner' | 'executor' | 'other' | 'start'> {
  const runner = new PlanRunner(dependencies.subgraphs, dependencies.logger);
  if (!choice) return { runner, executor: runner, other: null, start: async () => undefined };
  const reference = choice.make(dependencies);
  const [executor, other] = choice.serves ? [reference, runner] : [runner, reference];
  return { runner, executor, other, start: () => reference.start() };
}
