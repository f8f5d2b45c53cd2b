import { Client, Pool, type PoolClient } from 'pg';
import type { EventEnvelope } from '../contracts/index.ts';
import { requireIdentifier } from './schema-name.ts';

/** An event and its place in the outbox (bigint, as text). */
interface OutboxRow {
  readonly position: string;
  readonly envelope: EventEnvelope;
}

export interface OutboxRelayOptions {
  /**
   * Connection string of the relay role, which may read the outbox of every tenant. Directly to Postgres: pgbouncer
   * in transaction mode does not carry notifications.
   */
  readonly url: string;
  readonly schema: string;
  /** Hands the events to the bus in order and resolves when the bus has them. Throwing leaves them for the next round. */
  readonly publish: (envelopes: readonly EventEnvelope[]) => Promise<void>;
  /** Looks for events even without a notification. Default 500. */
  readonly pollMs?: number;
  /** Told of every failed round; the relay goes on after `pollMs`. */
  readonly onError: (error: unknown) => void;
}

const BATCH_SIZE = 500;

/**
 * Publishes the outbox of one subgraph, at least once, in order per aggregate. Any number of relays may run; they take
 * turns, batch by batch, so one that dies needs no election.
 *
 * `position` follows the commits of an aggregate because the unit of work writes the aggregate (which locks its row
 * until the commit) before it draws the position of its events.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #table: string;
  readonly #pool: Pool;
  #listener: Client | undefined;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#table = `${requireIdentifier(options.schema)}.outbox_event`;
    this.#pool = new Pool({ connectionString: options.url, max: 1 });
    // Without listeners a connection that Postgres closes, idle or in use, ends the process.
    this.#pool.on('error', options.onError);
    this.#pool.on('connect', (client) => client.on('error', options.onError));
  }

  start(): void {
    this.#running = this.#loop();
  }

  /** Resolves when the batch in hand is published and the connections are closed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#running;
    await Promise.all([this.#pool.end(), this.#listener?.end()]);
  }

  async #loop(): Promise<void> {
    while (!this.#stopping) {
      // Armed before the look: an event that commits while we look must not be slept through.
      const woken = this.#nextWake();
      await this.#listen().catch(this.#reportFailure);
      const published = await this.#publishBatch().catch(this.#reportFailure);
      if (published === 0 && !this.#stopping) await woken;
    }
  }

  /** Connects the first time, and again after the connection was lost; meanwhile the relay polls. */
  async #listen(): Promise<void> {
    if (this.#listener) return;
    const listener = new Client(this.#options.url);
    listener.on('error', this.#options.onError);
    listener.on('notification', () => this.#wake());
    listener.on('end', () => (this.#listener = undefined));
    await listener.connect();
    await listener.query(`listen ${this.#options.schema}_outbox`);
    this.#listener = listener;
  }

  readonly #reportFailure = (error: unknown): number => {
    this.#options.onError(error);
    return 0;
  };

  #nextWake(): Promise<void> {
    this.#wake(); // disarms the timer of the round before
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs ?? 500);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Gives how many events went out; 0 also when another relay is at work, or when the bus refused. */
  async #publishBatch(): Promise<number> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const events = (await this.#takeTurn(client)) ? await this.#readBatch(client) : [];
      if (events.length > 0) {
        await this.#options.publish(events.map(({ envelope }) => envelope));
        // Not `position <= last`: a lower position may commit later, and would be lost.
        await client.query(`delete from ${this.#table} where position = any($1)`, [
          events.map(({ position }) => position),
        ]);
      }
      await client.query('commit');
      client.release();
      return events.length;
    } catch (error) {
      client.release(true); // closing the connection rolls back and hands the turn to another relay
      throw error;
    }
  }

  async #takeTurn(client: PoolClient): Promise<boolean> {
    // One lock for the whole outbox. SKIP LOCKED on its rows would lose the order: a second relay would publish
    // event 2 of an order while the first still holds event 1.
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtext($1)) as taken', [
      this.#table,
    ]);
    return rows[0]?.taken === true;
  }

  /** Its own statement, after the lock: the snapshot must include what the last relay deleted. */
  async #readBatch(client: PoolClient): Promise<OutboxRow[]> {
    const { rows } = await client.query<OutboxRow>(
      `select position, json_build_object(
                'event_id', id, 'event_type', subject, 'tenant_id', tenant_id, 'aggregate_id', aggregate_id,
                'timestamp', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'source', $1::text,
                'version', version, 'data', payload,
                'metadata', jsonb_build_object('user_id', user_id, 'correlation_id', correlation_id) || coalesce(trace, '{}')) as envelope
         from ${this.#table} order by position limit ${BATCH_SIZE}`,
      [this.#options.schema],
    );
    return rows;
  }
}
