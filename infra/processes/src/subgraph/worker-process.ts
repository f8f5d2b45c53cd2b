import { systemClock } from '@souk/kit/domain';
import { startWorker, type SubgraphDefinition } from '@souk/kit/runtime';
import { addHealth, addMetrics } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { ClockCheck } from '../clock/clock-check.ts';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { addStoreMetrics } from './consumer-metrics.ts';
import type { ProcessEnvironment } from './environment.ts';
import { loggerOf, openPlatform } from './process-platform.ts';

/**
 * Runs the worker of one subgraph in this process, on Postgres and NATS. Serves health and metrics only.
 * @throws Error when it cannot listen
 */
export async function startWorkerProcess<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  environment: ProcessEnvironment,
): Promise<ServingProcess> {
  const { process, serving } = environment;
  const clock = systemClock;
  const logger = loggerOf(environment);
  const { platform, events, commands, close } = await openPlatform(environment, { logger, clock });
  // The cast is safe, because `readWorkerEnvironment` has parsed the settings with the manifest's schemas.
  const worker = await startWorker(definition, platform, environment.settings as Settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(process.name);
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({ loggerInstance, logController: new LogController({ disableRequestLogging: true }) });
  const clockCheck = new ClockCheck({ clock, peer: 'Postgres', peerTime: () => worker.databaseTime(), logger });
  clockCheck.start();
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => worker.isReady() }, clockCheck.dependency]);
  addMetrics(app, metrics, serving.metrics);
  addStoreMetrics(metrics, events);
  addSubgraphMetrics(metrics, [worker]);
  return serve(app, serving, readiness, {
    async whenReady() {
      await events.ready();
      worker.run();
    },
    async stop() {
      clockCheck.stop();
      await Promise.all([events.stop(), commands.stop()]);
      await worker.stop();
      await close();
    },
  });
}
