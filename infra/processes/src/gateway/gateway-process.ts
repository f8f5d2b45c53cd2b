import {
  addGatewayMetrics,
  builtWebApps,
  channelChanges,
  channelDirectory,
  cacheInvalidation,
  fetchTimes,
  gatewayObservation,
  gatewayState,
  MANIFEST_FILE,
  openRedis,
  protectionOptions,
  endLostSessions,
  recallEndedSessions,
  REST_FILES,
  sessionEndings,
  SUPERGRAPH_FILE,
  tenantChanges,
  tenantDirectory,
  type CachedTenantDirectory,
  timed,
  type GatewayState,
} from '@souk/deployment/gateway';
import {
  balancedTransport,
  composeSupergraph,
  createGateway,
  readManifestFile,
  readRestFiles,
  readSupergraphFile,
  type ChannelDirectory,
  type GatewayOptions,
  type SubgraphTransport,
} from '@souk/gateway';
import { systemClock, type Clock } from '@souk/kit/domain';
import { openObjects } from '@souk/deployment/start';
import { addMetrics, addObjectRoutes, ContextSigner } from '@souk/platform/http';
import { createProcessMetrics, type ProcessMetrics } from '@souk/platform/metrics';
import { createLogger, type Logger } from '@souk/kit/runtime';
import { createPrivateKey } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { Agent } from 'undici';
import { ClockCheck } from '../clock/clock-check.ts';
import { timeOfProcesses } from '../clock/peer-times.ts';
import { openEvents } from '../messaging/open-messaging.ts';
import { eventTrust } from '../messaging/trust.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { openTracing } from '../tracing.ts';
import { accountsClient, type AccountsClient } from './accounts-client.ts';
import { channelSource } from './channel-source.ts';
import { readGatewayEnvironment, type GatewayEnvironment } from './environment.ts';

/**
 * How long an idle connection to accounts stays open, in ms. The time is shorter than the drain of accounts, so a draining process never
 * has to close a connection of this gateway.
 */
const IDLE_MS = 4000;
const RECALL_AGAIN_MS = 1000;

/** Starts a gateway with the settings of this process's environment. @throws StartFailure */
export function startGateway(): Promise<ServingProcess> {
  const environment = readGatewayEnvironment();
  const logger = createLogger({ level: environment.serving.logLevel }).child({ process: 'gateway' });
  return startGatewayProcess(environment, logger);
}

/**
 * Runs a gateway in this process. Its subgraphs run in other processes.
 * @param clock the clock that determines the expiry of signed contexts
 * @throws Error when it cannot listen
 */
export async function startGatewayProcess(
  environment: GatewayEnvironment,
  logger: Logger,
  clock: Clock = systemClock,
): Promise<ServingProcess> {
  const { nats, events } = await openEvents({ ...gatewayEvents(environment), logger });
  const agent = new Agent({ keepAliveMaxTimeout: IDLE_MS });
  const tracing = await openTracing(environment.serving.tracing, 'gateway', logger);
  const metrics = createProcessMetrics('gateway');
  const readiness = new Readiness();
  const secret = keyBytes(environment.contextKeyPem);
  const state = gatewayState({
    redis: openRedis(environment.redis, logger),
    cache: openRedis(environment.redisCache, logger),
    secret,
  });
  const signer = new ContextSigner({ privateKeyPem: environment.contextKeyPem, clock });
  const routesOf = (subgraph: 'accounts' | 'catalog') => ({
    urls: environment.subgraphUrls.get(subgraph) ?? [],
    signer,
    dispatcher: agent,
  });
  const accounts = accountsClient(routesOf('accounts'));
  const peers = [...environment.subgraphUrls.values()].flat();
  const peerTime = () => timeOfProcesses(peers, agent);
  const clockCheck = new ClockCheck({ clock, peer: 'the subgraphs', peerTime, logger });
  const tenants = tenantDirectory(accounts, environment.defaultTenantId);
  events.consume(tenantChanges(tenants));
  const channels = channelDirectory(channelSource(routesOf('catalog')));
  events.consume(channelChanges(channels));
  const gateway = await createGateway({
    ...(await composed(environment, { metrics, logger, signer, accounts, state, tenants, channels })),
    ...tracing.part,
    ...gatewayObservation(metrics),
    positionSecret: secret,
    revocations: state.endedSessions,
    ...state.responses,
    parts: [readiness.dependency, clockCheck.dependency],
  });
  events.consume(
    sessionEndings(state.endedSessions, () => endLostSessions(state.endedSessions, accounts, systemClock)),
  );
  events.consume(cacheInvalidation(gateway));
  const objects = await openObjects({ ...environment.objects, publicUrl: () => null });
  if (objects) addObjectRoutes(gateway.app, objects);
  addMetrics(gateway.app, metrics, environment.serving.metrics);
  addGatewayMetrics(metrics, gateway);
  state.addMetrics(metrics);
  return serve(gateway.app, environment.serving, readiness, {
    async whenReady() {
      await events.ready(); // first, so sessions that end after the recall are received as events
      await state.ready();
      await recalled(state, accounts, logger);
    },
    async stop() {
      await events.stop();
      await Promise.all([nats.close(), agent.close(), tracing.stop()]);
      state.stop();
    },
  });
}

function gatewayEvents({ nats, messages }: GatewayEnvironment) {
  return { server: nats, trust: eventTrust(messages), name: 'gateway', feeds: [] };
}

/**
 * Loads the list of ended sessions from accounts, with retries until accounts answers. Until then the gateway is not ready, because it
 * would accept tokens of ended sessions.
 */
async function recalled({ endedSessions }: GatewayState, accounts: AccountsClient, logger: Logger): Promise<void> {
  for (;;) {
    try {
      return await recallEndedSessions(endedSessions, accounts, systemClock);
    } catch (error) {
      logger.warn(
        { error },
        'recall of ended sessions from accounts failed, the gateway is not ready, retrying in 1 s',
      );
      await after(RECALL_AGAIN_MS, undefined, { ref: false });
    }
  }
}

/** The bytes of the private key that all gateways share, from which they derive further secrets. */
function keyBytes(privateKeyPem: string): Buffer {
  return createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' });
}

interface CompositionDependencies {
  readonly metrics: ProcessMetrics;
  readonly logger: Logger;
  readonly signer: ContextSigner;
  readonly accounts: AccountsClient;
  readonly state: GatewayState;
  readonly tenants: CachedTenantDirectory;
  readonly channels: ChannelDirectory;
}

/** Builds the options of the gateway from the environment and the shared state. */
async function composed(
  environment: GatewayEnvironment,
  { metrics, logger, signer, accounts, state, tenants, channels }: CompositionDependencies,
): Promise<Omit<GatewayOptions, 'parts' | 'revocations' | 'responseStore'>> {
  const { mediaDirectory, protection } = environment;
  return {
    supergraph: composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE)),
    subgraphs: transportsOf(environment, signer, metrics, logger),
    identity: accounts,
    tenants,
    channels,
    logger,
    ...protectionOptions(protection, state.rates),
    ...environment.engine,
    operations: {
      manifest: await readManifestFile(MANIFEST_FILE),
      accept: environment.acceptOperations,
      ...state.operations,
    },
    rest: await readRestFiles(REST_FILES),
    playground: environment.hasPlayground ? { tabs: [{ query: '{ __typename }' }] } : null,
    media: mediaDirectory === null ? null : { directory: mediaDirectory },
    webApps: builtWebApps(environment.objects.s3),
  };
}

function transportsOf(
  { subgraphUrls }: GatewayEnvironment,
  signer: ContextSigner,
  metrics: ProcessMetrics,
  logger: Logger,
): ReadonlyMap<string, SubgraphTransport> {
  const times = fetchTimes(metrics);
  return new Map(
    [...subgraphUrls].map(([name, urls]) => {
      const transport = balancedTransport({
        name,
        urls,
        logger,
        headersOf: (context) => signer.headers(name, context),
        // One socket serves all callers. Each subscription contains its own signed context, and the gateway renews the socket.
        sockets: { authority: 'operation', renewal: (nonce) => signer.renewal(name, nonce) },
      });
      return [name, timed(transport, name, times)] as const;
    }),
  );
}
