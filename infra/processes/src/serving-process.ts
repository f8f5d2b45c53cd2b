import { setTimeout as after } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';
import type { FastifyInstance } from 'fastify';
import type { ProcessDependency } from '@souk/platform/http';
import type { ServingSettings } from './variables.ts';

/** A running process of a gateway, a subgraph or a worker. */
export interface ServingProcess {
  /** The URL without a trailing slash. */
  readonly url: string;
  /** How long the process continues to serve after SIGTERM, in ms. */
  readonly drainMs: number;
  /**
   * Stops without losing work. The process reports that it is not ready, and serves until load balancers have noticed. Then it accepts no
   * more requests and finishes the running work.
   */
  drain(): Promise<void>;
}

/** Whether the process itself accepts requests. The state of its dependencies is not included. */
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
 * Adds `Connection: close` to responses during the drain. Clients then open their next connection to another process, and never send a
 * request on a connection that this process is closing.
 */
function retireConnections(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.isDraining) void reply.header('connection', 'close');
  });
}

/**
 * Starts to listen. The process becomes ready when `whenReady` resolves. `stop` is called after the last request.
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
