import { setTimeout as after } from 'node:timers/promises';
import { StartFailure } from '@souk/launcher/start-failure';
import type { FastifyInstance } from 'fastify';
import type { ProcessDependency } from '@souk/platform/http';
import type { ServingSettings } from './variables.ts';

/** A process that serves. */
export interface ServingProcess {
  /** Without a slash at the end. */
  readonly url: string;
  /** How long it goes on serving once it is to stop. */
  readonly drainMs: number;
  /**
   * Stops without losing anything: it is not ready from now on, goes on serving until balancers have seen that, then takes nothing
   * more and finishes what it has.
   */
  drain(): Promise<void>;
}

/** Whether a process may be given requests, as far as it decides that itself. */
export class Readiness {
  #state: 'starting' | 'serving' | 'draining' = 'starting';

  /** For `/health/ready`. */
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
 * Answers of a process that is about to go say so (`Connection: close`): who keeps connections opens the next one to another
 * process, and meets none that closes under a request.
 */
function retireConnections(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onSend', async (_request, reply) => {
    if (readiness.isDraining) void reply.header('connection', 'close');
  });
}

/** Serves, and is ready when `whenReady` resolves. @throws StartFailure when it cannot listen. `stop` is called once no request comes any more. */
export async function serve(
  app: FastifyInstance,
  { host, port, drainMs }: ServingSettings,
  readiness: Readiness,
  { whenReady, stop }: { readonly whenReady: () => Promise<void>; readonly stop: () => Promise<void> },
): Promise<ServingProcess> {
  retireConnections(app, readiness);
  const url = await app.listen({ host, port }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFailure(`It cannot serve on ${host} port ${port} (${reason}). HOST and PORT say where else.`);
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
