import type { ProcessMetrics } from '@souk/kit/metrics';
import { Pool } from 'pg';

/** Holds a connection while it is used. */
export interface OutboxMetrics {
  close(): Promise<void>;
}

/** What waits in the outbox: how many events, and for how long the first of them. @param url of the relay's role. */
export function addOutboxMetrics(metrics: ProcessMetrics, url: string, schema: string): OutboxMetrics {
  const pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 30_000, statement_timeout: 2000 });
  pool.on('error', () => undefined); // an idle connection that Postgres closed: the next question opens another
  const ask = async (sql: string) => {
    const { rows } = await pool.query<{ value: string | number }>(sql);
    return Number(rows[0]?.value ?? 0);
  };
  metrics.gauge('souk_outbox_events', 'Events that are committed and not yet published', () =>
    ask(`select count(*) as value from ${schema}.outbox_event`),
  );
  metrics.gauge('souk_outbox_lag_seconds', 'How long the oldest event has waited to be published', () =>
    ask(
      `select extract(epoch from clock_timestamp() - occurred_at) as value
         from ${schema}.outbox_event order by position limit 1`,
    ),
  );
  return { close: () => pool.end() };
}
