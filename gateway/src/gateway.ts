import { systemClock } from '@souk/kit/domain';
import type { FastifyInstance } from 'fastify';
import { NoSchemaIntrospectionCustomRule, specifiedRules } from 'graphql';
import { DocumentCache } from './execution/document-cache.ts';
import { loadEngine, type Engine } from './execution/engine.ts';
import { DEFAULT_LIMITS, type GatewayLimits, type GatewayOptions } from './gateway-options.ts';
import { startApolloServer } from './http/apollo-server.ts';
import { createApp } from './http/app.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { addHealthRoutes } from './http/health.ts';
import { addHomePage, type HomePageLink } from './http/home-page.ts';
import { addJwksRoute } from './http/jwks-route.ts';
import { addMedia } from './http/media.ts';
import { Callers } from './identity/callers.ts';
import { TokenVerifier } from './identity/token-verifier.ts';
import { addPlayground } from './playground/playground.ts';
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions.ts';
import { serveSockets } from './subscriptions/socket-server.ts';

/** A Fastify app: more routes may be added until it listens. `close()` finishes what is under way. */
export type Gateway = FastifyInstance;

/** Texts of operations that are kept parsed for sockets. */
const SOCKET_DOCUMENTS = 1000;

/**
 * A gateway that does not listen yet.
 * @throws Error when the supergraph cannot be read, or names a subgraph that `subgraphs` lacks.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const engine = loadEngine({ ...options, limits });
  const callers = new Callers(new TokenVerifier(options.identity, options.clock ?? systemClock), options.tenants);
  const app = createApp(options.logger);
  await addGraphql(app, engine, callers, limits, options);
  addSockets(app, engine, callers, limits, options);
  addHealthRoutes(app, options.parts ?? []);
  addJwksRoute(app, options.identity);
  if (options.playground) addPlayground(app, options.playground);
  if (options.media) addMedia(app, options.media);
  addHomePage(app, homePageLinks(options));
  return app;
}

async function addGraphql(
  app: Gateway,
  { supergraph, operations }: Engine,
  callers: Callers,
  limits: GatewayLimits,
  { logger, introspection = true }: GatewayOptions,
): Promise<void> {
  const apollo = await startApolloServer({ supergraph, operations, logger, introspection, maxTokens: limits.tokens });
  addGraphqlRoute(app, { apollo, callers, bodyLimitBytes: limits.bodyBytes });
  app.addHook('onClose', () => apollo.stop());
}

function addSockets(
  app: Gateway,
  { supergraph, preparer, runner, subgraphs, operations }: Engine,
  callers: Callers,
  limits: GatewayLimits,
  { logger, introspection = true }: GatewayOptions,
): void {
  const documents = new DocumentCache(supergraph.apiSchema, {
    capacity: SOCKET_DOCUMENTS,
    parse: { maxTokens: limits.tokens, noLocation: false },
    rules: introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule],
  });
  const { waitingAnswers } = limits;
  const sockets = serveSockets(app.server, {
    schema: supergraph.apiSchema,
    documents,
    callers,
    operations,
    subscriptions: new FederatedSubscriptions({ preparer, runner, subgraphs, logger, waitingAnswers }),
    maxMessageBytes: limits.bodyBytes,
    maxOperationsPerSocket: limits.operationsPerSocket,
  });
  app.addHook('preClose', () => sockets.close());
}

const PLAYGROUND_LINK: HomePageLink = {
  href: '/playground',
  label: 'Playground',
  description: 'Run queries, mutations and subscriptions, and read the schema',
};

function homePageLinks({ playground, links = [] }: GatewayOptions): readonly HomePageLink[] {
  return [
    ...(playground ? [PLAYGROUND_LINK] : []),
    ...links,
    { href: '/health/ready', label: 'Health', description: 'Whether every part serves' },
    {
      href: '/.well-known/jwks.json',
      label: 'Token keys',
      description: 'For services that check access tokens themselves',
    },
  ];
}
