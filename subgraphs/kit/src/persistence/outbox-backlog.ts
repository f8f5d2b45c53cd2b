import { Pool } from 'pg';
import { clientOf, PostgresHosts } from './postgres-hosts.ts';
import { requireIdentifier } from './schema-name.ts';

/** The events that are committed and not yet published. */
export interface Backlog {
  readonly events: number;
  /** How long the oldest event has waited, in seconds. */
  readonly lagSeconds: number;
  /** The number of events that the bus can never accept. An operator must handle them. */
  readonly parked: number;
}

/** The timeout of a query, in milliseconds. */
const PATIENCE_MS = 2000;

/** Reads the backlog of an outbox over its own connection, because the relay's connection is busy when the backlog grows. */
export class OutboxBacklog {
  readonly #pool: Pool;
  readonly #sql: string;

  /** @param url the connection string of the relay role */
  constructor(url: string, schema: string) {
    this.#pool = new Pool({
      Client: clientOf(new PostgresHosts(url)),
      max: 1,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    // Without this listener, an error of an idle connection would end the process. The next query opens another connection.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#sql = `select count(*) filter (where parked_at is null)::float8 as events,
        coalesce(extract(epoch from clock_timestamp() - min(occurred_at) filter (where parked_at is null)), 0)::float8 as "lagSeconds",
        count(*) filter (where parked_at is not null)::float8 as parked
      from ${requireIdentifier(schema)}.outbox_event`;
  }

  async read(): Promise<Backlog> {
    const { rows } = await this.#pool.query<Backlog>(this.#sql);
    return rows[0] ?? { events: 0, lagSeconds: 0, parked: 0 };
  }

  /** The current time of the database. @throws Error when Postgres does not answer in time */
  async databaseTime(): Promise<Date | null> {
    const { rows } = await this.#pool.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]?.now ?? null;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}
