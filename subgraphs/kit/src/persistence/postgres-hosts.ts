import { callbackify } from 'node:util';
import { Client, type ClientConfig } from 'pg';
import { hostUrls } from './postgres-url.ts';

/** A connection to a server that only replays the log of another one: everything that Souk does begins with the server that writes. */
export class StandbyError extends Error {
  constructor(options?: ErrorOptions) {
    super('Postgres is a standby, which takes no writes', options);
    this.name = 'StandbyError';
  }
}

/** With one host there is nowhere else to go. */
const CONNECT_MS = 3000;

/**
 * The hosts of one database, of which one takes writes (`target_session_attrs=read-write`; pg knows one host). Every connection begins at
 * the host that worked last; one that fails, or that leads to a standby, sends the next connection to the next host.
 */
export class PostgresHosts {
  readonly #urls: readonly string[];
  #place = 0;

  /** @param url a connection string whose hosts have commas between them. */
  constructor(url: string) {
    this.#urls = hostUrls(url);
  }

  get count(): number {
    return this.#urls.length;
  }

  /** The connection string of one host. */
  get current(): string {
    return this.#urls[this.#place] ?? '';
  }

  /** Goes on with the next host, unless another connection has done so: many fail at once. */
  leave(url: string): void {
    if (url === this.current) this.#place = (this.#place + 1) % this.count;
  }
}

/** A class of pg clients, as pools take it. */
export type ClientClass = new (config?: string | ClientConfig) => Client;

/** The part of pg's connection that its types leave out. */
interface Protocol {
  on(event: 'parameterStatus', listener: (message: { parameterName: string; parameterValue: string }) => void): void;
}

/** As pg-pool gives it. */
type ConnectCallback = (error: Error | null) => void;

/** Clients of these hosts, which refuse a standby: Postgres 14 and later says while it connects whether it is one. */
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

    // pg declares two overloads of `connect`: callers await the promise, pools give a callback.
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
      this.on('error', () => undefined); // the server may go while the connection is closed
      void this.end();
    }
  };
}

/**
 * A client that is connected to the host that takes writes. The caller ends it.
 * @throws Error of the last host when none takes writes.
 */
export async function connectToPrimary(url: string, config: ClientConfig = {}): Promise<Client> {
  const hosts = new PostgresHosts(url);
  const HostClient = clientOf(hosts);
  for (let tries = 1; ; tries++) {
    const client = new HostClient(config);
    client.on('error', () => undefined); // the statement under way rejects with it; without a listener it would end the process
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === hosts.count) throw error;
    }
  }
}
