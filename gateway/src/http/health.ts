import type { FastifyInstance } from 'fastify';
import { setTimeout as after } from 'node:timers/promises';

/** A dependency that must be ready before traffic arrives: a subgraph, a database. */
export interface ReadinessPart {
  readonly name: string;
  /** Whether the dependency is ready now. Called at every probe. An error, or no answer within two seconds, counts as not ready. */
  ready(): Promise<boolean>;
}

const PATIENCE_MS = 2000;

/**
 * `/health/live` answers 200 while the process runs. `/health/ready` answers 200 when every dependency is ready, otherwise 503 with the
 * names of the dependencies that are not ready.
 */
export function addHealthRoutes(app: FastifyInstance, parts: readonly ReadinessPart[]): void {
  app.get('/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }));
  app.get('/health/ready', { logLevel: 'warn' }, async (_request, reply) => {
    const states = await Promise.all(parts.map(async (part) => [part.name, await isReady(part)] as const));
    const notReady = states.filter(([, ready]) => !ready).map(([name]) => name);
    return reply
      .code(notReady.length === 0 ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: notReady.length === 0 ? 'ready' : 'not ready', notReady, parts: Object.fromEntries(states) });
  });
}

async function isReady(part: ReadinessPart): Promise<boolean> {
  const patience = new AbortController();
  try {
    return await Promise.race([part.ready(), after(PATIENCE_MS, false, { signal: patience.signal, ref: false })]);
  } catch {
    return false;
  } finally {
    patience.abort();
  }
}
