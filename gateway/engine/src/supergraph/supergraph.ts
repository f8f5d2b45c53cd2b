import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readRequirements, type Requirements } from '../authorization/requirements.ts';
import { readCacheHints, type CacheHints } from '../caching/cache-hints.ts';
import { withOneOfDefinition } from '../composition/one-of.ts';
import { readCostModel, type CostModel } from '../cost/cost-model.ts';
import { apiSchemaOf } from './api-schema.ts';
import { OperationPlanner } from '../planning/operation-planner.ts';
import { overrideLabels } from './progressive-overrides.ts';
import type { SubgraphAddress } from '../subgraphs/subgraph-transports.ts';

/** A supergraph, read once: what clients see of it, who may see what, and the planner of their operations. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** What clients see, for validation, introspection and the shape of answers. */
  readonly apiSchema: GraphQLSchema;
  /** With the federation's own types, for the execution of plans. */
  readonly executionSchema: GraphQLSchema;
  readonly planner: OperationPlanner;
  readonly requirements: Requirements;
  readonly cacheHints: CacheHints;
  readonly costs: CostModel;
  readonly subgraphs: readonly SubgraphAddress[];
  /** Labels of `@override`, by which a request decides between two subgraphs. */
  readonly overrideLabels: readonly string[];
}

/** A supergraph marks these `for: SECURITY`: refuse me, unless you enforce them. `authorization/` does. */
const AUTHENTICATED = 'https://specs.apollo.dev/authenticated';
const REQUIRES_SCOPES = 'https://specs.apollo.dev/requiresScopes';
const COST = 'https://specs.apollo.dev/cost';
const SUPPORTED_FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  `${AUTHENTICATED}/v0.1`,
  `${REQUIRES_SCOPES}/v0.1`,
]);

/**
 * Reads a composed supergraph SDL.
 * @throws GraphQLError when it is no supergraph, or needs a feature that is not enforced here (`@policy`).
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const document = withOneOfDefinition(parse(sdl, { noLocation: true }));
  const supergraph = buildSupergraph(document);
  return {
    sdl,
    apiSchema: apiSchemaOf(supergraph, document),
    executionSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new OperationPlanner(document, buildSupergraph),
    cacheHints: readCacheHints(document),
    requirements: readRequirements(document, {
      authenticated: directiveName(supergraph, AUTHENTICATED, 'authenticated'),
      requiresScopes: directiveName(supergraph, REQUIRES_SCOPES, 'requiresScopes'),
    }),
    costs: readCostModel(document, {
      cost: directiveName(supergraph, COST, 'cost'),
      listSize: directiveName(supergraph, COST, 'listSize'),
    }),
    overrideLabels: overrideLabels(document),
    subgraphs: supergraph.subgraphsMetadata().map(({ name, url }) => ({ name, url })),
  };
}

function buildSupergraph(document: DocumentNode): Supergraph {
  return Supergraph.build(document, {
    supportedFeatures: SUPPORTED_FEATURES,
    validateSupergraph: false, // composition has just done it
  });
}

function directiveName({ schema }: Supergraph, feature: string, name: string): string | null {
  return schema.coreFeatures?.getByIdentity(feature)?.directiveNameInSchema(name) ?? null;
}
