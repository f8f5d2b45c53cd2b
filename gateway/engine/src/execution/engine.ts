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

/** What every engine of a gateway has in common. */
export interface EngineOptions {
  readonly transports: SubgraphTransports;
  readonly limits: OperationLimits;
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  readonly logger: EngineLogger;
  /** Default: masked. */
  readonly subgraphErrors?: SubgraphErrors;
  /** By label of `@override`. Default: what labels like `percent(5)` say themselves. */
  readonly overrides?: OverrideShares;
  /** A second executor. Default: none. */
  readonly reference?: ReferenceChoice | null;
}

/** All that is made of one supergraph, and runs its operations whatever they came over. It never changes. */
export interface Engine {
  /** Counts the supergraphs of a gateway, from 1. */
  readonly generation: number;
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** The texts of clients, parsed and valid for this supergraph. */
  readonly documents: DocumentCache;
  readonly preparer: OperationPreparer;
  /** Runs plans by our own code: the events of subscriptions in any case. */
  readonly runner: PlanRunner;
  /** Answers queries and mutations. */
  readonly executor: OperationExecutor;
  /** The executor that does not serve, to compare answers with; null without a reference. */
  readonly other: OperationExecutor | null;
  /** Before the first operation. @throws Error when the reference executor cannot read the supergraph. */
  start(): Promise<void>;
}

/** Texts of operations that are kept parsed; their plans live as long. */
const DOCUMENTS = 5000;

const RULES = [...specifiedRules, OneOfVariablesRule];

/** @throws Error when the supergraph cannot be read, or names a subgraph that cannot be reached. */
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
      'no share of requests is set for a label of @override: the subgraph that is overridden answers',
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
