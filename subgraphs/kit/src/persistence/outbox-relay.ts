import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError, Pool, type PoolClient } from 'pg';
import type { EventEnvelope } from '../contracts/index.ts';
import { UnpublishableEventsError } from '../messaging/index.ts';
import { NOTICES_ABSENCE } from './connection-settings.ts';
import { clientOf, PostgresHosts } from './postgres-hosts.ts';
import { PreparingClient } from './preparing-client.ts';
import { requireIdentifier } from './schema-name.ts';

/** An event, and its position in the outbox (a bigint, as text). */
interface OutboxRow {
  readonly position: string;
  readonly envelope: EventEnvelope;
}

export interface OutboxRelayOptions {
  /** Connection string of the relay role, which may read the outbox of every tenant. */
  readonly url: string;
  readonly schema: string;
  /**
   * Publishes the events to the bus in order and resolves when the bus has stored them. After an
   * `UnpublishableEventsError` the relay parks the events that the error names. After any other error, the next round
   * publishes the events again.
   */
  readonly publish: (envelopes: readonly EventEnvelope[]) => Promise<void>;
  /** How often the relay reads the outbox without a wake-up, in milliseconds. @default 500 */
  readonly pollMs?: number;
  /** Called for every failed round and for parked events. The relay then continues. */
  readonly onError: (error: unknown) => void;
}

/**
 * The result of a round, which publishes at most one batch. After `EVENTS` the outbox may contain more events, so the next round does not wait
 * for a wake-up or a poll.
 */
type Round = 'NOTHING' | 'EVENTS';

const BATCH_SIZE = 500;
/** Minimum time between the starts of two rounds, in milliseconds. Commits within this time share a round. */
const SPACING_MS = 10;
/** Timeout for opening a connection, in milliseconds. */
const CONNECT_MS = 5000;
/** Postgres' error code `lock_not_available` (manual, appendix A). */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Publishes the outbox of one subgraph, at least once, in order per aggregate. Any number of relays may run. They take turns batch by
 * batch, so a relay can die without a leader election. Each relay is woken by the commits of its own process. When a process dies before it
 * wakes its relay, another relay finds the events at its next poll. The positions of an aggregate's events have the order of the commits.
 * The unit of work first writes the aggregate, which locks its row until the commit. Only then does Postgres assign the positions of the
 * events.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #table: string;
  readonly #turn: string;
  readonly #pool: Pool;
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#table = `${requireIdentifier(options.schema)}.outbox_event`;
    this.#turn = `${options.schema}.relay_turn`;
    this.#pool = new Pool({
      ...NOTICES_ABSENCE,
      // The client pipelines. Taking the lock and reading the batch share a round trip, and so do the deletion and the commit.
      Client: clientOf(new PostgresHosts(options.url), PreparingClient),
      max: 1,
      connectionTimeoutMillis: CONNECT_MS,
    });
    // An `error` event without a listener would end the process when Postgres closes a connection.
    this.#pool.on('error', options.onError);
    this.#pool.on('connect', (client) => client.on('error', options.onError));
  }

  start(): void {
    this.#running = this.#loop();
  }

  /** Reports that there may be events to publish. */
  wake(): void {
    this.#wake();
  }

  /** Resolves when the current batch is published and the connections are closed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#running;
    await this.#pool.end();
  }

  async #loop(): Promise<void> {
    let isExpecting = true;
    while (!this.#stopping) {
      // The wake-up is armed before the read. An event that commits during the read then starts the next round.
      const woken = this.#nextWake();
      const earliest = performance.now() + SPACING_MS;
      const left: Round = await this.#round(isExpecting).catch(this.#reportFailure);
      isExpecting = left === 'EVENTS' || this.#stopping || (await woken);
      const waitMs = earliest - performance.now();
      if (isExpecting && waitMs > 0 && !this.#stopping) await sleep(waitMs);
    }
  }

  /**
   * `#takeTurn` locks a row, which writes WAL even when the outbox is empty. A round without a wake-up therefore first checks whether the
   * outbox has events.
   */
  async #round(isExpecting: boolean): Promise<Round> {
    return isExpecting || (await this.#hasEvents()) ? this.#publishBatch() : 'NOTHING';
  }

  async #hasEvents(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ waiting: boolean }>(
      `select exists (select from ${this.#table} where parked_at is null) as waiting`,
    );
    return rows[0]?.waiting ?? false;
  }

  readonly #reportFailure = (error: unknown): Round => {
    this.#options.onError(error);
    return 'NOTHING';
  };

  /** Resolves to true when a commit wakes the relay, and to false when `pollMs` have passed. */
  #nextWake(): Promise<boolean> {
    this.#wake(); // clears the timer of the previous round
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), this.#options.pollMs ?? 500);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  async #publishBatch(): Promise<Round> {
    const client = await this.#pool.connect();
    try {
      const [, events] = await Promise.all([this.#takeTurn(client), this.#readBatch(client)]);
      const isWhole = await this.#publish(client, events);
      client.release();
      return isWhole && events.length < BATCH_SIZE ? 'NOTHING' : 'EVENTS';
    } catch (error) {
      client.release(true); // closing the connection rolls back, so another relay gets the lock
      // Another relay held the lock longer than the role's lock_timeout.
      if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return 'EVENTS';
      throw error;
    }
  }

  /**
   * Locks a single row, so one relay at a time reads the outbox. SKIP LOCKED on the events would lose the order: a
   * second relay would publish event 2 of an order while the first relay still holds event 1. The statement waits for
   * the lock, because the current holder may have read the outbox before the commit that woke this relay.
   */
  async #takeTurn(client: PoolClient): Promise<void> {
    const results = [await client.query(`begin; select from ${this.#turn} for update`)].flat(); // pg returns one result per statement
    if (results.at(-1)?.rowCount === 1) return;
    throw new Error(
      `The table ${this.#turn} has no row, so no relay can publish. Run: insert into ${this.#turn} default values`,
    );
  }

  /**
   * Reads a batch. The read is a separate statement after the lock, because its snapshot must include the deletions of the previous relay.
   */
  async #readBatch(client: PoolClient): Promise<OutboxRow[]> {
    const { rows } = await client.query<OutboxRow>(
      `select position, json_build_object(
                'event_id', id, 'event_type', subject, 'tenant_id', tenant_id, 'aggregate_id', aggregate_id,
                'timestamp', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'source', $1::text,
                'version', version, 'data', payload,
                'metadata', jsonb_build_object('user_id', user_id, 'correlation_id', correlation_id) || coalesce(trace, '{}')) as envelope
         from ${this.#table} where parked_at is null order by position limit ${BATCH_SIZE}`,
      [this.#options.schema],
    );
    return rows;
  }

  /**
   * Publishes the batch and ends the transaction.
   * @returns false when the bus refused some events. The relay parks the refused events. The rest of the batch stays in the outbox.
   */
  async #publish(client: PoolClient, events: readonly OutboxRow[]): Promise<boolean> {
    try {
      if (events.length > 0) await this.#options.publish(events.map(({ envelope }) => envelope));
    } catch (error) {
      if (!(error instanceof UnpublishableEventsError)) throw error;
      if ((await this.#park(client, error.reasons)) === 0) throw error;
      await client.query('commit');
      this.#options.onError(error);
      return false;
    }
    // The deletion lists every position. With `position <= last` it would also delete an event with a lower position that commits after the
    // read.
    const positions = events.map(({ position }) => position);
    const deleted =
      positions.length > 0 && client.query(`delete from ${this.#table} where position = any($1)`, [positions]);
    await Promise.all([deleted, client.query('commit')]);
    return true;
  }

  /** Parks the refused events. The next round reads the other events of the batch again. @returns the number of parked events */
  async #park(client: PoolClient, reasons: ReadonlyMap<string, string>): Promise<number> {
    const { rowCount } = await client.query(
      `update ${this.#table} as event set parked_at = clock_timestamp(), park_reason = refused.reason
         from unnest($1::uuid[], $2::text[]) as refused (id, reason) where event.id = refused.id`,
      [[...reasons.keys()], [...reasons.values()]],
    );
    return rowCount ?? 0;
  }
}
