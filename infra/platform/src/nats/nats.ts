import { setTimeout as sleep } from 'node:timers/promises';
import { connect, Events, type JetStreamClient, type NatsConnection } from 'nats';
import { connectionOptions, isRefusal, NatsRefusedError, type NatsOptions } from './nats-options.ts';

/**
 * The maximum pause between attempts to reach a server that does not answer yet, in ms. Each pause is a random time from half of the
 * maximum to the maximum.
 */
const WAIT_MS = 1000;

/** Thrown instead of sending a message while no server is connected. */
export class NatsAwayError extends Error {
  constructor() {
    super('NATS is not connected');
    this.name = 'NatsAwayError';
  }
}

/** A connection that reconnects automatically for the life of the process. */
export class Nats {
  /** The client name of this process in the server's monitoring. */
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

  /** Whether a server is connected. For readiness probes. */
  get isConnected(): boolean {
    return this.#connected && !this.connection.isClosed();
  }

  /** The number of connections so far. After a reconnect, data that was read from the server earlier may be outdated. */
  get connectionCount(): number {
    return this.#connections;
  }

  /**
   * Checks that a server is connected. Otherwise the client would buffer a message in this process, and the message would be lost in a
   * crash.
   * @throws NatsAwayError without a connection
   */
  requireConnected(): void {
    if (!this.isConnected) throw new NatsAwayError();
  }

  /** Sends the pending messages if connected, and closes the connection. Stop the event buses and commands first. */
  async close(): Promise<void> {
    if (this.connection.isClosed()) return;
    if (this.isConnected) await this.connection.flush().catch(() => undefined); // the connection may be lost at this moment
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
        onError(
          new Error(
            `NATS reported an error: ${refused ? `this user may not ${refused}, check its permissions in nats.conf` : JSON.stringify(data)}`,
          ),
        );
      }
    }
  }
}

/**
 * Connects to NATS.
 * @throws NatsRefusedError when a server refuses the login or is not trusted
 * @throws Error when no server answers and `waitForServer` is not set. With `waitForServer`, `onError` is called once instead.
 */
export async function openNats(options: NatsOptions): Promise<Nats> {
  for (let isReported = false; ; isReported = true) {
    try {
      return new Nats(await connect(connectionOptions(options)), options);
    } catch (error) {
      if (isRefusal(error)) throw new NatsRefusedError(error);
      if (!options.waitForServer) throw error;
      if (!isReported)
        options.onError(
          new Error(`NATS does not answer yet, retrying every second: ${String(error)}`, { cause: error }),
        );
      await sleep(WAIT_MS * (0.5 + Math.random() / 2));
    }
  }
}
