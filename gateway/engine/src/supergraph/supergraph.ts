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

/** A loaded supergraph: the schema for clients, the access requirements, and the planner. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** The schema for clients. Validation, introspection and the shapes of answers use it. */
  readonly apiSchema: GraphQLSchema;
  /** The schema with the types of Apollo Federation. Plan execution uses it. */
  readonly executionSchema: GraphQLSchema;
  readonly planner: OperationPlanner;
  readonly requirements: Requirements;
  readonly cacheHints: CacheHints;
  readonly costs: CostModel;
  readonly subgraphs: readonly SubgraphAddress[];
  /** The labels of progressive overrides (`@override` with a label). */
  readonly overrideLabels: readonly string[];
}

/**
 * Specifications that supergraphs link `for: SECURITY`. A gateway must enforce them or refuse the supergraph. The code in `authorization/`
 * enforces `@authenticated` and `@requiresScopes`.
 */
const AUTHENTICATED = 'https://specs.apollo.dev/authenticated';
const REQUIRES_SCOPES = 'https://specs.apollo.dev/requiresScopes';
const COST = 'https://specs.apollo.dev/cost';
const SUPPORTED_FEATURES = new Set([
  ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
  `${AUTHENTICATED}/v0.1`,
  `${REQUIRES_SCOPES}/v0.1`,
]);

/**
 * Loads a composed supergraph SDL.
 * @throws GraphQLError when the SDL is not a supergraph, or needs an unsupported security feature (`@policy`)
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
    validateSupergraph: false, // composition has validated it
  });
}

function directiveName({ schema }: Supergraph, feature: string, name: string): string | null {
  return schema.coreFeatures?.getByIdentity(feature)?.directiveNameInSchema(name) ?? null;
}
