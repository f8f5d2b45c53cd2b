import { systemClock, type Clock } from '@souk/kit/domain';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { ResponseCache } from './caching/response-cache.ts';
import { MemoryResponseStore } from './caching/response-store.ts';
import { LiveEngine } from '@souk/engine/execution';
import { SubgraphTransports } from '@souk/engine/subgraphs';
import { DEFAULT_LIMITS, type GatewayLimits, type GatewayOptions } from './gateway-options.ts';
import { createApp } from './http/app.ts';
import { clientAddress, trustOf } from './http/client-address.ts';
import { guardConnections, type AdmitsConnection } from './http/connection-guard.ts';
import { addCors } from './http/cors.ts';
import { addGraphqlRoute, type GraphqlRouteDependencies } from './http/graphql-route.ts';
import { addHealthRoutes } from './http/health.ts';
import { addHomePage, type HomePageLink } from './http/home-page.ts';
import { DEFAULT_HTTP, type HttpOptions } from './http/http-options.ts';
import { originRule } from './http/origin-rule.ts';
import { addJwksRoute } from './http/jwks-route.ts';
import { addMedia } from './http/media.ts';
import { RequestCallers } from './http/request-callers.ts';
import type { CallerSource } from './identity/caller.ts';
import { ApiKeyVerifier } from './identity/api-keys.ts';
import { Callers } from './identity/callers.ts';
import { ForwardingCallers } from './identity/forwarding-callers.ts';
import { NOBODY_REVOKED } from './identity/revocations.ts';
import { TokenVerifier } from './identity/token-verifier.ts';
import { lookUpBrake } from './limits/look-up-brake.ts';
import { DEFAULT_COST } from './limits/cost-guard.ts';
import { protectionOf, type Protection } from './limits/protection.ts';
import type { RefusalCounts } from './limits/refusals.ts';
import { observationGuard } from './operations/observation-guard.ts';
import { OperationPipeline, type OperationPipelineDependencies } from './operations/operation-pipeline.ts';
import { queryPlanGuard } from './operations/query-plan-guard.ts';
import { persistedDependencies } from './persisted/persisted-options.ts';
import { persistedSource } from './persisted/persisted-source.ts';
import { WarmUp } from './persisted/warm-up.ts';
import { addPlayground } from './playground/playground.ts';
import { addRest } from './rest/rest-options.ts';
import { openConnections, type ClientConnections } from './subscriptions/client-connections.ts';
import { CallerValidity } from './subscriptions/connections/caller-validity.ts';
import { PositionSeal } from './subscriptions/positions/position-seal.ts';
import type { SubscriptionCounts } from './subscriptions/connections/subscription-counts.ts';
import { addWebApps, webAppLinks } from './http/web-apps.ts';
import { referenceFor } from './shadow/reference.ts';
import { ShadowRuns, type ShadowCounts } from './shadow/shadow-runs.ts';
import { TracedPipeline } from './tracing/traced-pipeline.ts';
import { tracedTransports } from './tracing/traced-transports.ts';

/** A gateway that does not listen yet. `app.listen` starts it. */
export interface Gateway {
  /** A Fastify app. Routes may be added until the app listens. `close()` waits for running requests. */
  readonly app: FastifyInstance;
  /**
   * Replaces the supergraph for all later operations. Running operations finish with the earlier supergraph.
   * @throws Error when the supergraph cannot be used. The present supergraph then stays in use.
   */
  replaceSupergraph(sdl: string): Promise<void>;
  /** The numbers of sockets, event streams and subscriptions, for metrics. */
  subscriptionCounts(): SubscriptionCounts;
  /** The number of refusals by limit, for metrics. */
  refusalCounts(): RefusalCounts;
  /** The outcomes of shadow runs, for metrics. Null without shadow runs. */
  shadowCounts(): ShadowCounts | null;
  /** Drops a tenant's cached answers that contain an object of one of these types. Call it when such an object has changed. */
  invalidate(tenantId: string, types: readonly string[]): Promise<void>;
  /** Drops the cached answers of all tenants. Call it when the changed types are unknown. */
  invalidateAll(): Promise<void>;
}

/** Objects that several components of a gateway share. */
interface Parts {
  readonly app: FastifyInstance;
  readonly pipeline: OperationPipeline;
  readonly callers: CallerSource;
  readonly limits: GatewayLimits;
  readonly http: HttpOptions;
  readonly admits: AdmitsConnection;
  readonly options: GatewayOptions;
}

/** @throws Error when the supergraph cannot be read, or contains a subgraph that `subgraphs` lacks */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { logger, introspection = true } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const transports = new SubgraphTransports(
    options.tracer ? tracedTransports(options.subgraphs, options.tracer) : options.subgraphs,
  );
  const engine = new LiveEngine(options.supergraph, {
    transports,
    limits,
    introspection,
    logger,
    subgraphErrors: options.subgraphErrors ?? 'masked',
    overrides: options.overrides ?? {},
    reference: await referenceFor(options.engine ?? 'own', options.shadow ?? null),
  });
  await engine.current.start();
  const shadow = options.shadow ? new ShadowRuns(options.shadow, logger) : null;
  const protection = protectionFor(options);
  const operations = persistedDependencies(options.operations ?? {});
  const pipeline = pipelineOf(options, {
    engine,
    source: persistedSource(operations),
    guards: [
      ...protection.guards,
      queryPlanGuard(options.queryPlans ?? 'SIGNED_IN'),
      ...(options.onOperation ? [observationGuard(operations.persisted, options.onOperation)] : []),
    ],
    logger,
    ...(shadow && { onAnswered: (answered) => shadow.offer(answered) }),
  });
  const clock = options.clock ?? systemClock;
  const callers = callersOf(options, clock);
  const responses = new ResponseCache({ store: options.responseStore ?? new MemoryResponseStore(), clock, logger });
  const http = { ...DEFAULT_HTTP, ...options.http };
  const app = createApp(logger, http);
  const admits = guardConnections(app, http, logger, clock);
  if (options.operations?.planning !== 'ON_DEMAND') addWarmUp(app, engine, new WarmUp(operations.persisted, logger));
  const requestCallers = new RequestCallers(callers, protection.requests);
  const connections = addConnections({ app, pipeline, callers, limits, http, admits, options });
  addGraphql(app, http, {
    pipeline,
    callers: requestCallers,
    responses,
    eventStreams: connections.eventStreams,
    bodyLimitBytes: limits.bodyBytes,
  });
  if (options.rest) {
    const schema = () => engine.current.supergraph.apiSchema;
    addRest(app, options.rest, {
      pipeline,
      callers: requestCallers,
      responses,
      schema,
      bodyLimitBytes: limits.bodyBytes,
      corsOrigins: http.corsOrigins,
    });
  }
  addPages(app, options, http);
  app.addHook('onClose', async () => {
    await shadow?.settled();
    await transports.close();
  });
  return {
    app,
    replaceSupergraph: (sdl) => engine.replace(sdl),
    subscriptionCounts: () => connections.counts(),
    refusalCounts: () => protection.refusals(),
    shadowCounts: () => shadow?.counts() ?? null,
    invalidate: (tenantId, types) => responses.invalidate(tenantId, types),
    invalidateAll: () => responses.invalidateAll(),
  };
}

function pipelineOf({ tracer }: GatewayOptions, dependencies: OperationPipelineDependencies): OperationPipeline {
  return tracer ? new TracedPipeline(dependencies, tracer) : new OperationPipeline(dependencies);
}

function protectionFor({ cost = {}, rates = null, tenants }: GatewayOptions): Protection {
  return protectionOf({ cost: cost && { ...DEFAULT_COST, ...cost }, rates, tenants });
}

function callersOf(
  { identity, tenants, channels = null, revocations, forwardHeaders = [] }: GatewayOptions,
  clock: Clock,
): CallerSource {
  if (identity && tenants) {
    const { apiKey } = identity;
    const keys = apiKey ? new ApiKeyVerifier({ apiKey: (hash) => apiKey(hash) }, lookUpBrake(), clock) : null;
    return new Callers(new TokenVerifier(identity, clock), tenants, revocations, keys, channels);
  }
  if (identity ?? tenants) throw new Error('`identity` and `tenants` go together: give both, or null for both');
  return new ForwardingCallers(forwardHeaders);
}

/** Registers the GraphQL route in a separate Fastify scope, because CORS must apply to this route only. */
function addGraphql(app: FastifyInstance, { corsOrigins }: HttpOptions, dependencies: GraphqlRouteDependencies): void {
  void app.register(async (room) => {
    if (corsOrigins.length > 0) await addCors(room, corsOrigins);
    addGraphqlRoute(room, dependencies);
  });
}

function addConnections({ app, pipeline, callers, limits, http, admits, options }: Parts): ClientConnections {
  const { logger, clock = systemClock, revocations = NOBODY_REVOKED } = options;
  const trusts = trustOf(http.trustedProxies);
  const connections = openConnections({
    server: app.server,
    pipeline,
    callers,
    validity: new CallerValidity(clock, revocations),
    limits,
    seal: new PositionSeal(options.positionSecret ?? randomBytes(32)),
    maxMessageBytes: limits.bodyBytes,
    addressOf: (request) => clientAddress(request, trusts),
    allowsOrigin: originRule(http),
    admits,
    logger,
  });
  app.addHook('preClose', () => connections.close());
  return connections;
}

/**
 * Plans known operations in the background, so that the start does not wait for the plans. An operation that arrives earlier is planned on
 * arrival.
 */
function addWarmUp(app: FastifyInstance, engine: LiveEngine, warmUp: WarmUp): void {
  engine.beforeReplacing((next, present) => warmUp.carryOver(next, present));
  app.addHook('onListen', (done) => {
    void warmUp.start(engine.current);
    done();
  });
  app.addHook('preClose', (done) => {
    warmUp.stop();
    done();
  });
}

function addPages(app: FastifyInstance, options: GatewayOptions, { trustedProxies, corsOrigins }: HttpOptions): void {
  addHealthRoutes(app, options.parts ?? []);
  if (options.identity) addJwksRoute(app, options.identity);
  if (options.playground) {
    const title = options.home?.title ?? 'GraphQL gateway';
    addPlayground(app, options.playground, { title, behindProxies: trustedProxies.length > 0 });
  }
  if (options.media) addMedia(app, options.media);
  addWebApps(app, options.webApps ?? []);
  addHomePage(app, homePageLinks(options), options.home, corsOrigins);
}

const PLAYGROUND_LINK: HomePageLink = {
  href: '/playground',
  label: 'Playground',
  description: 'Run queries, mutations and subscriptions, and read the schema',
};

const KEYS_LINK: HomePageLink = {
  href: '/.well-known/jwks.json',
  label: 'Token keys',
  description: 'For services that check access tokens themselves',
};

const REST_LINKS: readonly HomePageLink[] = [
  { href: '/docs/guide', label: 'Guide', description: 'A purchase by REST and by GraphQL, side by side' },
  {
    href: '/docs',
    label: 'REST API',
    description: 'Every route with its parameters and examples; for programs as OpenAPI',
  },
];

function homePageLinks({
  identity,
  playground,
  rest,
  webApps = [],
  links = [],
}: GatewayOptions): readonly HomePageLink[] {
  return [
    ...webAppLinks(webApps),
    ...(playground ? [PLAYGROUND_LINK] : []),
    ...(rest ? REST_LINKS : []),
    ...links,
    { href: '/health/ready', label: 'Health', description: 'Whether every part serves' },
    ...(identity ? [KEYS_LINK] : []),
  ];
}
