import Fastify, { type FastifyInstance } from 'fastify';
import { setTimeout as after } from 'node:timers/promises';
import type { ProcessMetrics } from '../metrics/index.ts';

/**
 * A resource without which the process cannot serve. The list must contain the process's own database only: with other processes in it, one
 * outage would spread to all.
 */
export interface ProcessDependency {
  readonly name: string;
  /** Called at every probe. An error, or no answer within 2 s, counts as false. */
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
  /** 0 for any free port. */
  readonly port: number;
  /** Whether to take any free port when this one is in use. @default false: the start fails */
  readonly orFree?: boolean;
}

/** Where `/metrics` is served: on a port of its own, on the port of the app, or not at all (null). */
export type MetricsPlace = MetricsPort | 'MAIN_PORT' | null;

/** Serves `/metrics` for Prometheus. A separate port for it is open from the app's start until the app closes. */
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

/** Starts a server that listens on the port. */
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
