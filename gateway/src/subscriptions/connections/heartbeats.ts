/** An open socket or event stream. */
export interface OpenConnection {
  /** Ends the connection when its caller is no longer valid. */
  checkCaller(): void;
  /** Sends a heartbeat. Disconnects a client that did not answer the previous heartbeat. */
  beat(): void;
}

/**
 * The number of groups of connections, which receive their heartbeats in turn. Thousands of heartbeats in one tick would block the event
 * loop.
 */
const PARTS = 12;

/**
 * Checks the caller of every open connection in each tick, and sends each connection one heartbeat per `keepAliveMs`. One timer serves all
 * connections.
 */
export class Heartbeats {
  readonly #connections = new Map<OpenConnection, number>();
  readonly #timer: NodeJS.Timeout;
  #part = 0;
  #next = 0;

  constructor(keepAliveMs: number) {
    this.#timer = setInterval(() => this.#visit(), keepAliveMs / PARTS).unref();
  }

  add(connection: OpenConnection): void {
    this.#next = (this.#next + 1) % PARTS;
    this.#connections.set(connection, this.#next);
  }

  delete(connection: OpenConnection): void {
    this.#connections.delete(connection);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #visit(): void {
    this.#part = (this.#part + 1) % PARTS;
    for (const [connection, part] of this.#connections) {
      connection.checkCaller();
      if (part === this.#part) connection.beat();
    }
  }
}
