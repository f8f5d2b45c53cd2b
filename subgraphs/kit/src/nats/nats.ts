import { connect, Events, type ConnectionOptions, type JetStreamClient, type NatsConnection } from 'nats';

export interface NatsOptions {
  /** `nats://[user:password@]host:4222` or `tls://...`; several servers of one cluster with commas between them. */
  readonly url: string;
  /** Shown by the server's monitoring: the process, for instance `orders`. */
  readonly name: string;
  /** Told when the connection is lost and of what the server complains. */
  readonly onError: (error: Error) => void;
  /** Told when the connection is there again. Default: nobody. */
  readonly onReconnect?: () => void;
  /** Whether to wait for a server that is not there yet, for as long as it takes. Default: false, `openNats` throws. */
  readonly waitForServer?: boolean;
}

/** Thrown instead of sending while no server is connected. */
export class NatsAwayError extends Error {
  constructor() {
    super('NATS is not connected');
    this.name = 'NatsAwayError';
  }
}

/** A connection that comes back by itself, for as long as the process runs. */
export class Nats {
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  #connected = true;

  constructor(connection: NatsConnection, options: Pick<NatsOptions, 'onError' | 'onReconnect'>) {
    this.connection = connection;
    this.jetstream = connection.jetstream();
    void this.#watch(options);
  }

  /** For readiness. */
  get isConnected(): boolean {
    return this.#connected && !this.connection.isClosed();
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
    for await (const { type, data } of this.connection.status()) {
      if (type === Events.Disconnect) {
        this.#connected = false;
        onError(new NatsAwayError());
      } else if (type === Events.Reconnect) {
        this.#connected = true;
        onReconnect?.();
      } else if (type === Events.Error) {
        onError(new Error(`NATS: ${JSON.stringify(data)}`));
      }
    }
  }
}

/** @throws NatsError when no server answers and `waitForServer` is not set, or when it refuses the login. */
export async function openNats(options: NatsOptions): Promise<Nats> {
  const connection = await connect({
    ...serversOf(options.url),
    name: options.name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250, // who lost a server together does not come back together
    reconnectJitterTLS: 500,
    waitOnFirstConnect: options.waitForServer ?? false,
    // A server that is frozen or unplugged sends nothing, not even a FIN.
    pingInterval: 5000,
    maxPingOut: 2,
    timeout: 5000,
    noAsyncTraces: true, // a stack trace for each publish costs as much as the publish
  });
  return new Nats(connection, options);
}

/** The client reads no credentials from URLs. */
function serversOf(url: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'tls'> {
  const urls = url.split(',').map((each) => new URL(each.trim()));
  const [first] = urls;
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || '4222'}`),
    ...(first?.username && { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }),
    ...(first?.protocol === 'tls:' && { tls: {} }),
  };
}
