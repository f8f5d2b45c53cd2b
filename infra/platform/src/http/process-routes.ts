import Fastify, { type FastifyInstance } from 'fastify';
import { setTimeout as after } from 'node:timers/promises';
import type { ProcessMetrics } from '../metrics/index.ts';

/**
 * A resource without which the process cannot serve, such as its database. Other processes of Souk must not be in the list, because the
 * outage of one process would then make all processes unready.
 */
export interface ProcessDependency {
  readonly name: string;
  /** Called at every probe. A rejection, or no result within 2 s, counts as false. */
  ready(): Promise<boolean>;
}

const PATIENCE_MS = 2000;

/**
 * Serves `/health/live`, which answers while the process runs, and `/health/ready`, which answers 200 when the process may receive
 * requests. Otherwise `/health/ready` answers 503 with the names of the dependencies that are not ready.
 */
export function addHealth(app: FastifyInstance, dependencies: readonly ProcessDependency[]): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const states = await Promise.all(dependencies.map(async (each) => [each.name, await isReady(each)] as const));
    const notReady = states.filter(([, ready]) => !ready).map(([name]) => name);
    const isServing = notReady.length === 0;
    return reply
      .code(isServing ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isServing ? 'ready' : 'not ready', notReady });
  });
}

/** A port that serves only `/metrics`. */
export interface MetricsPort {
  readonly host: string;
  /** 0 chooses any free port. */
  readonly port: number;
  /** Whether to use any free port when `port` is in use. @default false, so the start fails */
  readonly orFree?: boolean;
}

/** The port that serves `/metrics`: a separate port, or the main port of the app. Null when the metrics are not served. */
export type MetricsPlace = MetricsPort | 'MAIN_PORT' | null;

/** Serves `/metrics` for Prometheus. A separate port opens and closes together with the app. */
export function addMetrics(app: FastifyInstance, metrics: ProcessMetrics, place: MetricsPlace): void {
  if (place === null) return;
  if (place === 'MAIN_PORT') return addMetricsRoute(app, metrics);
  let own: MetricsServer | null = null;
  app.addHook('onReady', async () => {
    own = await serverOf(metrics, place);
    app.log.info({ url: `${own.origin}/metrics` }, 'metrics are served');
  });
  app.addHook('onClose', () => own?.close());
}

interface MetricsServer {
  readonly origin: string;
  close(): Promise<void>;
}

async function serverOf(metrics: ProcessMetrics, { host, port, orFree = false }: MetricsPort): Promise<MetricsServer> {
  const own = Fastify();
  addMetricsRoute(own, metrics);
  try {
    const origin = await own.listen({ host, port });
    return { origin, close: () => own.close() };
  } catch (error) {
    const isTaken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken && orFree) return await serverOf(metrics, { host, port: 0 });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`METRICS_PORT=${port} on METRICS_HOST=${host} cannot be opened (${reason}): name another`, {
      cause: error,
    });
  }
}

function addMetricsRoute(app: FastifyInstance, metrics: ProcessMetrics): void {
  app.get('/metrics', async (_request, reply) => {
    const { type, body } = await metrics.text();
    return reply.header('cache-control', 'no-store').type(type).send(body);
  });
}

async function isReady(dependency: ProcessDependency): Promise<boolean> {
  const patience = new AbortController();
  try {
    return await Promise.race([dependency.ready(), after(PATIENCE_MS, false, { signal: patience.signal, ref: false })]);
  } catch {
    return false;
  } finally {
    patience.abort();
  }
}
