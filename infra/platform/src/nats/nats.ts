import { setTimeout as sleep } from 'node:timers/promises';
import { connect, Events, type JetStreamClient, type NatsConnection } from 'nats';
import { connectionOptions, isRefusal, NatsRefusedError, type NatsOptions } from './nats-options.ts';

/** Between two tries to reach a server that is not there yet: half of it and all of it. */
const WAIT_MS = 1000;

/** Thrown instead of sending while no server is connected. */
export class NatsAwayError extends Error {
  constructor() {
    super('NATS is not connected');
    this.name = 'NatsAwayError';
  }
}

/** A connection that comes back by itself, for as long as the process runs. */
export class Nats {
  /** Of this process, as the server's monitoring shows it. */
  readonly name: string;
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  #connected = true;
  #connections = 1;

  constructor(connection: NatsConnection, options: Pick<NatsOptions, 'name' | 'onError' | 'onReconnect'>) {
    this.name = options.name;
    this.connection = connection;
    this.jetstream = connection.jetstream();
    void this.#watch(options);
  }

  /** For readiness. */
  get isConnected(): boolean {
    return this.#connected && !this.connection.isClosed();
  }

  /** How often it was connected so far: what was asked of the server before it went away may have changed. */
  get connectionCount(): number {
    return this.#connections;
  }

  /** @throws NatsAwayError: what is sent now would only wait in this process, and be lost with it. */
  requireConnected(): void {
    if (!this.isConnected) throw new NatsAwayError();
  }

  /** Sends what is still to be sent, where there is somebody to send it to. Buses and commands are stopped before. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    if (this.isConnected) await this.connection.flush().catch(() => undefined); // it may go in this moment
    await this.connection.close();
  }

  async #watch({ onError, onReconnect }: Pick<NatsOptions, 'onError' | 'onReconnect'>): Promise<void> {
    for await (const { type, data, permissionContext } of this.connection.status()) {
      if (type === Events.Disconnect) {
        this.#connected = false;
        onError(new NatsAwayError());
      } else if (type === Events.Reconnect) {
        this.#connected = true;
        this.#connections += 1;
        onReconnect?.();
      } else if (type === Events.Error) {
        const refused = permissionContext && `${permissionContext.operation} ${permissionContext.subject}`;
        onError(new Error(`NATS: ${refused ? `this user may not ${refused}` : JSON.stringify(data)}`));
      }
    }
  }
}

/**
 * @throws NatsRefusedError when a server does not let us in. @throws Error when none answers and `waitForServer` is not set; with it
 * `onError` is told once what is being waited for.
 */
export async function openNats(options: NatsOptions): Promise<Nats> {
  for (let isTold = false; ; isTold = true) {
    try {
      return new Nats(await connect(connectionOptions(options)), options);
    } catch (error) {
      if (isRefusal(error)) throw new NatsRefusedError(error);
      if (!options.waitForServer) throw error;
      if (!isTold) options.onError(new Error(`NATS does not answer yet: ${String(error)}`, { cause: error }));
      await sleep(WAIT_MS * (0.5 + Math.random() / 2));
    }
  }
}
