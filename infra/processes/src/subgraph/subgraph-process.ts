import { SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { systemClock } from '@souk/kit/domain';
import { startSubgraph, type SubgraphDefinition } from '@souk/kit/runtime';
import { addHealth, addMetrics, ContextVerifier, createSubgraphServer } from '@souk/platform/http';
import { addSubgraphMetrics, createProcessMetrics } from '@souk/platform/metrics';
import type { FastifyInstance } from 'fastify';
import { Readiness, serve, type ServingProcess } from '../serving-process.ts';
import { addConsumerMetrics } from './consumer-metrics.ts';
import type { SubgraphEnvironment } from './environment.ts';
import { loggerOf, openPlatform } from './process-platform.ts';

/** Adds routes beside `/graphql`. */
export type ProcessRoutes<Services> = (app: FastifyInstance, services: Services, verifier: ContextVerifier) => void;

/**
 * Serves one subgraph in this process, on Postgres and NATS.
 * @param routes default: none.
 * @throws Error when it cannot listen or a key is none.
 */
export async function startSubgraphProcess<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  environment: SubgraphEnvironment,
  routes: ProcessRoutes<Services> = () => undefined,
): Promise<ServingProcess> {
  const { process, contextPublicKeysPem, serving } = environment;
  const { name } = process;
  const logger = loggerOf(environment);
  const verifier = new ContextVerifier({ publicKeysPem: contextPublicKeysPem, audience: name, clock: systemClock });
  const { platform, nats, events, commands, close } = await openPlatform(environment, logger);
  // The environment has read them by the schemas of the manifest.
  const subgraph = await startSubgraph(definition, platform, environment.settings as Settings);
  const readiness = new Readiness();
  const metrics = createProcessMetrics(name);
  const app = createSubgraphServer({ schema: subgraph.schema, verifier, logger, times: metrics.operations });
  addHealth(app, [readiness.dependency, { name: 'Postgres', ready: () => subgraph.isReady() }]);
  addMetrics(app, metrics, serving.metrics);
  addConsumerMetrics(metrics, nats, name, SUBGRAPH_NAMES);
  addSubgraphMetrics(metrics, [subgraph]);
  routes(app, subgraph.services, verifier);
  return serve(app, serving, readiness, {
    async whenReady() {
      await events.ready();
      subgraph.run();
    },
    async stop() {
      await Promise.all([events.stop(), commands.stop()]);
      await subgraph.stop();
      await close();
    },
  });
}
