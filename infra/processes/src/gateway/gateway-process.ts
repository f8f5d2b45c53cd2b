import {
  addGatewayMetrics,
  cacheInvalidation,
  EndedSessions,
  fetchTimes,
  gatewayObservation,
  MANIFEST_FILE,
  OPENAPI_FILE,
  openRedis,
  protectionOptions,
  REST_TABLE_FILE,
  SUPERGRAPH_FILE,
  tenantDirectory,
  timed,
} from '@souk/all-in-one/gateway';
import {
  balancedTransport,
  composeSupergraph,
  createGateway,
  readManifestFile,
  readRestFiles,
  readSupergraphFile,
  RedisResponseStore,
  type GatewayOptions,
  type SubgraphTransport,
} from '@souk/gateway';
import { systemClock } from '@souk/kit/domain';
import { addMetrics, ContextSigner } from '@souk/kit/http';
import { createProcessMetrics, type ProcessMetrics } from '@souk/kit/metrics';
import { createLogger, type Logger } from '@souk/kit/runtime';
import { createPrivateKey } from 'node:crypto';
import { Agent } from 'undici';
import { openEvents } from '../messaging/open-messaging.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { openTracing } from '../tracing.ts';
import { accountsClient } from './accounts-client.ts';
import { readGatewayEnvironment, type GatewayEnvironment } from './environment.ts';

/** The gateway of this process's environment. @throws StartFailure */
export function startGateway(): Promise<ServingProcess> {
  const environment = readGatewayEnvironment();
  const logger = createLogger({ level: environment.serving.logLevel }).child({ process: 'gateway' });
  return startGatewayProcess(environment, logger);
}

/** Runs a gateway in this process, in front of subgraphs that run elsewhere. @throws Error when it cannot listen. */
async function startGatewayProcess(environment: GatewayEnvironment, logger: Logger): Promise<ServingProcess> {
  const { nats, events } = await openEvents({ server: environment.nats, name: 'gateway', feeds: [], logger });
  const redis = openRedis(environment.redisUrl, logger);
  const agent = new Agent();
  const tracing = openTracing(environment.serving.tracing, 'gateway', logger);
  const metrics = createProcessMetrics('gateway');
  const readiness = new Readiness();
  const endedSessions = new EndedSessions();
  const gateway = await createGateway({
    ...(await composed(environment, metrics, logger, agent)),
    ...tracing.part,
    ...gatewayObservation(metrics),
    positionSecret: keyBytes(environment.contextKeyPem),
    revocations: endedSessions,
    parts: [readiness.dependency],
    ...(redis && { responseStore: new RedisResponseStore(redis) }),
  });
  events.consume(endedSessions.consumer());
  events.consume(cacheInvalidation(gateway));
  addMetrics(gateway.app, metrics);
  addGatewayMetrics(metrics, gateway);
  return serve(gateway.app, environment.serving, readiness, {
    whenReady: () => events.ready(),
    async stop() {
      await events.stop();
      await Promise.all([nats.close(), agent.close(), tracing.stop()]);
      redis?.close();
    },
  });
}

/** All gateways have this key: what one derives of it, every other does too. */
function keyBytes(privateKeyPem: string): Buffer {
  return createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' });
}

/** What follows from the environment alone. */
async function composed(
  environment: GatewayEnvironment,
  metrics: ProcessMetrics,
  logger: Logger,
  dispatcher: Agent,
): Promise<Omit<GatewayOptions, 'parts' | 'revocations' | 'responseStore'>> {
  const { subgraphUrls, contextKeyPem, defaultTenantId, mediaDirectory, protection } = environment;
  const signer = new ContextSigner({ privateKeyPem: contextKeyPem, clock: systemClock });
  const accounts = accountsClient({ urls: subgraphUrls.get('accounts') ?? [], signer, dispatcher });
  return {
    supergraph: composeSupergraph(await readSupergraphFile(SUPERGRAPH_FILE)),
    subgraphs: transportsOf(environment, signer, metrics, logger),
    identity: accounts,
    tenants: tenantDirectory(accounts, defaultTenantId),
    logger,
    ...protectionOptions(protection),
    operations: { manifest: await readManifestFile(MANIFEST_FILE), accept: environment.acceptOperations },
    rest: await readRestFiles(REST_TABLE_FILE, OPENAPI_FILE),
    playground: environment.hasPlayground ? { tabs: [{ query: '{ __typename }' }] } : null,
    media: mediaDirectory === null ? null : { directory: mediaDirectory },
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
        // One socket for all callers: each subscription brings its signed context.
        sockets: { authority: 'operation' },
      });
      return [name, timed(transport, name, times)] as const;
    }),
  );
}
