import { startWorker, type SubgraphDefinition } from '@souk/kit/runtime';
import { addHealth, addMetrics } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import type { ProcessEnvironment } from './environment.ts';
import { loggerOf, openPlatform } from './process-platform.ts';

/** Runs the worker of one subgraph in this process, on Postgres and NATS. It serves health and metrics. @throws Error when it cannot listen. */
export async function startWorkerProcess<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  environment: ProcessEnvironment,
): Promise<ServingProcess> {
  const { process, serving } = environment;
  const logger = loggerOf(environment);
  const { platform, events, commands, close } = await openPlatform(environment, logger);
  // The environment has read them by the schemas of the manifest.
  const worker = await startWorker(definition, platform, environment.settings as Settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(process.name);
  const loggerInstance: FastifyBaseLogger = logger;
  const app = Fastify({ loggerInstance, logController: new LogController({ disableRequestLogging: true }) });
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => worker.isReady() }]);
  addMetrics(app, metrics, serving.metrics);
  addSubgraphMetrics(metrics, [worker]);
  return serve(app, serving, readiness, {
    async whenReady() {
      await events.ready();
      worker.run();
    },
    async stop() {
      await Promise.all([events.stop(), commands.stop()]);
      await worker.stop();
      await close();
    },
  });
}
