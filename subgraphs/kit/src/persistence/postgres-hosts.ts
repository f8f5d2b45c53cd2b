import { callbackify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import { hostUrls } from './postgres-url.ts';

/** Thrown for a connection to a standby. A standby is read-only, and Souk needs the primary. */
export class StandbyError extends Error {
  constructor(options?: ErrorOptions) {
    super('Postgres is a standby, which takes no writes', options);
    this.name = 'StandbyError';
  }
}

/**
 * Timeout for connecting to one of several hosts, in milliseconds. There is no timeout for a single host, because it has no alternative.
 */
const CONNECT_MS = 3000;

/**
 * The hosts of one database, of which one accepts writes. The class does what libpq's `target_session_attrs=read-write` does, because pg
 * supports a single host only. Every connection starts with the host that worked last. After a failed connection, or a connection to a
 * standby, the next connection uses the next host.
 */
export class PostgresHosts {
  readonly #urls: readonly string[];
  #place = 0;

  /** @param url a connection string whose hosts are separated by commas */
  constructor(url: string) {
    this.#urls = hostUrls(url);
  }

  get count(): number {
    return this.#urls.length;
  }

  /** The connection string of the host that the next connection uses. */
  get current(): string {
    return this.#urls[this.#place] ?? '';
  }

  /**
   * Moves on from a host that failed. Does nothing when another connection has already moved on, because many connections fail together.
   */
  leave(url: string): void {
    if (url === this.current) this.#place = (this.#place + 1) % this.count;
  }
}

/** A class of pg clients, in the form that pools take. */
export type ClientClass = new (config?: string | ClientConfig) => Client;

/** The properties and methods of pg's connection that are missing in its types. */
interface Protocol {
  on(event: 'parameterStatus', listener: (message: { parameterName: string; parameterValue: string }) => void): void;
}

/** The callback that pg-pool passes. */
type ConnectCallback = (error: Error | null) => void;

/**
 * Creates a client class for these hosts. Its clients refuse a standby. Postgres 14 and later report on connecting whether the server is a
 * standby.
 */
export function clientOf(hosts: PostgresHosts, Base: ClientClass = Client): ClientClass {
  return class HostClient extends Base {
    readonly #url: string;
    #isStandby = false;

    constructor(config?: string | ClientConfig) {
      const url = hosts.current;
      const settings = typeof config === 'object' ? config : {};
      super({
        ...(hosts.count > 1 && { connectionTimeoutMillis: CONNECT_MS }),
        ...settings,
        connectionString: url,
      });
      this.#url = url;
      (this as unknown as { readonly connection: Protocol }).connection.on('parameterStatus', (message) => {
        if (message.parameterName === 'in_hot_standby') this.#isStandby = message.parameterValue === 'on';
      });
    }

    // pg declares two overloads of `connect`, because callers await the promise and pools pass a callback.
    override connect: Client['connect'] = (...args: unknown[]): never => {
      const [callback] = args as readonly (ConnectCallback | undefined)[];
      if (!callback) return this.#connectToPrimary() as never;
      return callbackify(() => this.#connectToPrimary())(callback) as never;
    };

    async #connectToPrimary(): Promise<this> {
      try {
        await super.connect();
        if (this.#isStandby) throw new StandbyError();
        return this;
      } catch (error) {
        hosts.leave(this.#url);
        if (error instanceof StandbyError) this.#close();
        throw error;
      }
    }

    #close(): void {
      this.on('error', () => undefined); // the server may go away while the connection closes
      void this.end();
    }
  };
}

/**
 * Connects to the host that accepts writes. The caller must end the client.
 * @throws Error of the last host when no host accepts writes
 */
export async function connectToPrimary(url: string, config: ClientConfig = {}): Promise<Client> {
  const hosts = new PostgresHosts(url);
  const HostClient = clientOf(hosts);
  for (let tries = 1; ; tries++) {
    const client = new HostClient(config);
    client.on('error', () => undefined); // the running statement rejects with the same error; without a listener the error would end the process
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === hosts.count) throw error;
    }
  }
}
