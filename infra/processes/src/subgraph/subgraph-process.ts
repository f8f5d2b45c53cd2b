import type { EventDefinition } from '@souk/kit/contracts';
import { systemClock, type Clock } from '@souk/kit/domain';
import { addHealth, addMetrics, ContextVerifier, createSubgraphServer } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import { createLogger, startSubgraph, type Logger, type SubgraphDefinition } from '@souk/kit/runtime';
import type { FastifyInstance } from 'fastify';
import { ClockCheck } from '../clock/clock-check.ts';
import { commandTrust, eventTrust } from '../messaging/trust.ts';
import { openCommands, openEvents } from '../messaging/open-messaging.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { openTracing } from '../tracing.ts';
import type { SubgraphEnvironment } from './environment.ts';
import { addConsumerMetrics, addStoreMetrics } from './consumer-metrics.ts';
import { SUBGRAPH_NAMES } from './kinds.ts';

/** Which subgraph a process runs. */
export interface SubgraphProcess<Schema, Settings, Services> {
  readonly definition: SubgraphDefinition<Schema, Settings, Services>;
  readonly settings: Settings;
  /** What its subscriptions show. Default: it has none. */
  readonly feeds?: readonly EventDefinition[];
  /** More routes beside `/graphql`. Default: none. */
  readonly routes?: (app: FastifyInstance, services: Services, verifier: ContextVerifier) => void;
}

/** Runs one subgraph in this process, on Postgres and NATS. @throws Error when it cannot listen or a key is none. */
export async function startSubgraphProcess<Schema, Settings, Services>(
  { definition, settings, feeds = [], routes }: SubgraphProcess<Schema, Settings, Services>,
  environment: SubgraphEnvironment,
  logger: Logger = createLogger({ level: environment.serving.logLevel }).child({ process: environment.name }),
  clock: Clock = systemClock,
): Promise<ServingProcess> {
  const { name, database, messages, contextPublicKeysPem } = environment;
  const verifier = new ContextVerifier({ publicKeysPem: contextPublicKeysPem, audience: name, clock });
  const { nats, events } = await openEvents({
    server: environment.nats,
    trust: eventTrust(messages),
    name,
    feeds,
    logger,
  });
  const { nats: commandNats, commands } = await openCommands(
    { server: environment.nats, name, logger },
    commandTrust(messages, clock),
  );
  const tracing = openTracing(environment.serving.tracing, name, logger);
  const connected = { databaseUrl: database.url, poolSize: database.poolSize, commands, events };
  const subgraph = await startSubgraph(definition, { ...connected, ...tracing.part, clock, logger }, settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(name);
  const app = createSubgraphServer({ schema: subgraph.schema, verifier, logger, times: metrics.operations });
  const clockCheck = new ClockCheck({
    clock,
    peer: 'Postgres',
    peerTime: () => subgraph.databaseTime(),
    logger,
    // With a wrong clock every seal is of the past or of the future: another process answers.
    changed: (isRight) => (isRight ? commands.resume() : commands.pause()),
  });
  clockCheck.start();
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => subgraph.isReady() }, clockCheck.dependency]);
  addMetrics(app, metrics, environment.serving.metrics);
  addConsumerMetrics(metrics, nats, name, SUBGRAPH_NAMES);
  addStoreMetrics(metrics, events);
  addSubgraphMetrics(metrics, [subgraph]);
  routes?.(app, subgraph.services, verifier);
  return serve(app, environment.serving, readiness, {
    async whenReady() {
      await events.ready();
      subgraph.run();
    },
    async stop() {
      clockCheck.stop();
      await Promise.all([events.stop(), commands.stop()]);
      await subgraph.stop();
      await Promise.all([nats.close(), commandNats.close(), tracing.stop()]);
    },
  });
}
