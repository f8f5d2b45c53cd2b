import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { systemClock, type Clock } from '@souk/kit/domain';
import { startSubgraph, type Logger, type SubgraphDefinition } from '@souk/kit/runtime';
import { addHealth, addMetrics, ContextVerifier, createSubgraphServer } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import { ClockCheck } from '../clock/clock-check.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { addConsumerMetrics, addStoreMetrics } from './consumer-metrics.ts';
import type { SubgraphEnvironment } from './environment.ts';
import { loggerOf, openPlatform } from './process-platform.ts';
import { addSubgraphRoutes } from './subgraph-routes.ts';

/** Replacements of the logger and the clock, for tests. */
export interface SubgraphProcessOptions {
  /** @default the logger of the environment */
  readonly logger?: Logger;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Serves one subgraph in this process, on Postgres and NATS.
 * @throws Error when it cannot listen or a key is invalid
 */
export async function startSubgraphProcess<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  environment: SubgraphEnvironment,
  { logger = loggerOf(environment), clock = systemClock }: SubgraphProcessOptions = {},
): Promise<ServingProcess> {
  const { process, contextPublicKeysPem, serving } = environment;
  const { name } = process;
  const verifier = new ContextVerifier({ publicKeysPem: contextPublicKeysPem, audience: name, clock });
  const { platform, nats, events, commands, close } = await openPlatform(environment, { logger, clock });
  // The cast is safe, because `readSubgraphEnvironment` has parsed the settings with the manifest's schemas.
  const subgraph = await startSubgraph(definition, platform, environment.settings as Settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(name);
  const app = createSubgraphServer({ schema: subgraph.schema, verifier, logger, times: metrics.operations });
  const clockCheck = new ClockCheck({
    clock,
    peer: 'Postgres',
    peerTime: () => subgraph.databaseTime(),
    logger,
    // With a wrong clock, valid seals seem expired or too long-lived. Until the clock is right, other processes handle the commands.
    changed: (isRight) => (isRight ? commands.resume() : commands.pause()),
  });
  clockCheck.start();
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => subgraph.isReady() }, clockCheck.dependency]);
  addMetrics(app, metrics, serving.metrics);
  addConsumerMetrics(metrics, nats, name, SUBGRAPH_NAMES);
  addStoreMetrics(metrics, events);
  addSubgraphMetrics(metrics, [subgraph]);
  addSubgraphRoutes(app, subgraph.routes, verifier);
  return serve(app, serving, readiness, {
    async whenReady() {
      await events.ready();
      subgraph.run();
    },
    async stop() {
      clockCheck.stop();
      await Promise.all([events.stop(), commands.stop()]);
      await subgraph.stop();
      await close();
    },
  });
}
