/** A connection that stays open. */
export interface OpenConnection {
  /** Ends it when its caller may not stay. */
  checkCaller(): void;
  /** Shows the peer that we are there, and finds out whether it is. */
  beat(): void;
}

/** In how many parts the beats of all connections are spread: thousands at once would hold up everything else. */
const PARTS = 12;

/** Visits every open connection: often for its caller, and once in `keepAliveMs` for a beat. One timer for all. */
export class Rounds {
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
