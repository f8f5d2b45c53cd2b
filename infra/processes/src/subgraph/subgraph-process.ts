import { accountsManifest } from '@souk/accounts/manifest';
import { catalogManifest } from '@souk/catalog/manifest';
import { inventoryManifest } from '@souk/inventory/manifest';
import type { EventDefinition } from '@souk/kit/contracts';
import { systemClock } from '@souk/kit/domain';
import { addHealth, addMetrics, ContextVerifier, createSubgraphServer } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import { createLogger, startSubgraph, type Logger, type SubgraphDefinition } from '@souk/kit/runtime';
import { ordersManifest } from '@souk/orders/manifest';
import { paymentsManifest } from '@souk/payments/manifest';
import type { FastifyInstance } from 'fastify';
import { commandTrust, eventTrust } from '../messaging/trust.ts';
import { openCommands, openEvents } from '../messaging/open-messaging.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { openTracing } from '../tracing.ts';
import type { SubgraphEnvironment } from './environment.ts';
import { addConsumerMetrics } from './consumer-metrics.ts';
import { SUBGRAPH_NAMES } from './kinds.ts';

const MANIFESTS = [catalogManifest, inventoryManifest, ordersManifest, paymentsManifest, accountsManifest];

/** Which subgraph a process runs. */
export interface SubgraphProcess<Schema, Settings, Services> {
  readonly definition: SubgraphDefinition<Schema, Settings, Services>;
  readonly settings: Settings;
  /** What its subscriptions show. Default: it has none. */
  readonly feeds?: readonly EventDefinition[];
  /** Where clients reach Souk; see `Platform` of kit/runtime. */
  readonly publicUrl?: () => string | null;
  /** More routes beside `/graphql`. Default: none. */
  readonly routes?: (app: FastifyInstance, services: Services, verifier: ContextVerifier) => void;
}

/** Runs one subgraph in this process, on Postgres and NATS. @throws Error when it cannot listen or a key is none. */
export async function startSubgraphProcess<Schema, Settings, Services>(
  { definition, settings, feeds = [], publicUrl, routes }: SubgraphProcess<Schema, Settings, Services>,
  environment: SubgraphEnvironment,
  logger: Logger = createLogger({ level: environment.serving.logLevel }).child({ process: environment.name }),
): Promise<ServingProcess> {
  const { name, database, messages, contextPublicKeysPem } = environment;
  const clock = systemClock;
  const verifier = new ContextVerifier({ publicKeysPem: contextPublicKeysPem, audience: name, clock });
  const { nats, events } = await openEvents({
    server: environment.nats,
    trust: eventTrust(messages),
    name,
    feeds,
    logger,
  });
  const commands = openCommands(nats, commandTrust(messages, clock), logger);
  const tracing = openTracing(environment.serving.tracing, name, logger);
  const scopes = MANIFESTS.flatMap((manifest) => manifest.scopes);
  const known = { scopes, ...(publicUrl && { publicUrl }) };
  const connected = { databaseUrl: database.url, poolSize: database.poolSize, commands, events, ...known };
  const subgraph = await startSubgraph(definition, { ...connected, ...tracing.part, clock, logger }, settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(name);
  const app = createSubgraphServer({ schema: subgraph.schema, verifier, logger, times: metrics.operations });
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => subgraph.isReady() }]);
  addMetrics(app, metrics, environment.serving.metrics);
  addConsumerMetrics(metrics, nats, name, SUBGRAPH_NAMES);
  addSubgraphMetrics(metrics, [subgraph]);
  routes?.(app, subgraph.services, verifier);
  return serve(app, environment.serving, readiness, {
    async whenReady() {
      await events.ready();
      subgraph.run();
    },
    async stop() {
      await Promise.all([events.stop(), commands.stop()]);
      await subgraph.stop();
      await Promise.all([nats.close(), tracing.stop()]);
    },
  });
}
