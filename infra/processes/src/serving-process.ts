import { setTimeout as after } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';
import type { FastifyInstance } from 'fastify';
import type { ProcessDependency } from '@souk/platform/http';
import type { ServingSettings } from './variables.ts';

/** A process that serves requests. */
export interface ServingProcess {
  /** The URL without a trailing slash. */
  readonly url: string;
  /** How long the process continues to serve after a request to stop, in ms. */
  readonly drainMs: number;
  /**
   * Stops without losing work. The process reports that it is not ready, serves until load balancers have noticed, then accepts no more
   * requests and finishes the running work.
   */
  drain(): Promise<void>;
}

/** Whether the process may receive requests, regardless of its dependencies. */
export class Readiness {
  #state: 'starting' | 'serving' | 'draining' = 'starting';

  /** The dependency for `/health/ready`. */
  readonly dependency: ProcessDependency = { name: 'this process', ready: async () => this.#state === 'serving' };

  get isDraining(): boolean {
    return this.#state === 'draining';
  }

  serving(): void {
    this.#state = 'serving';
  }

  draining(): void {
    this.#state = 'draining';
  }
}

/**
 * While the process drains, answers carry `Connection: close`. Clients then open their next connection to another process, so that no
 * request meets a closing connection.
 */
function retireConnections(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.isDraining) void reply.header('connection', 'close');
  });
}

/**
 * Starts to serve. The process becomes ready when `whenReady` resolves. `stop` is called after the last request.
 * @throws StartFailure when the process cannot listen
 */
export async function serve(
  app: FastifyInstance,
  { host, port, drainMs }: ServingSettings,
  readiness: Readiness,
  { whenReady, stop }: { readonly whenReady: () => Promise<void>; readonly stop: () => Promise<void> },
): Promise<ServingProcess> {
  retireConnections(app, readiness);
  const url = await app.listen({ host, port }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(
      `The process cannot listen on ${host} port ${port} (${reason}). Set HOST and PORT to a free address.`,
    );
  });
  void whenReady().then(() => readiness.serving());
  return {
    url,
    drainMs,
    async drain() {
      readiness.draining();
      await after(drainMs);
      await app.close();
      await stop();
    },
  };
}
