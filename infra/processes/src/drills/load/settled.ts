import { ROSTER } from '@souk/deployment/roster';
import type { Nats } from '@souk/platform/nats';
import type { Client } from 'pg';

/** Streams whose messages do not count as running work. */
const NO_WORK = new Set(['SOUK_TURNS', 'SOUK_DEAD_LETTERS']);

/** The kinds of running work, each with a query that counts the work. */
const UNDER_WAY: Readonly<Record<string, string>> = {
  'checkouts that have not ended': `select count(*) from orders.checkout where state not in ('COMPLETED', 'UNDONE')`,
  'orders that are being compensated': 'select count(*) from orders.order_compensation where done_at is null',
  'payment steps without an answer': 'select count(*) from payments.payment_step',
  'held reservations': `select count(*) from inventory.reservation where status = 'HELD'`,
  ...Object.fromEntries(
    ROSTER.map(({ name }) => [`events in the outbox of ${name}`, `select count(*) from ${name}.outbox_event`]),
  ),
};

/** One description for each kind of work that is still running. Empty when all work has ended. */
export async function unsettled(admin: Client, nats: Nats): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [what, sql] of Object.entries(UNDER_WAY)) {
    const { rows } = await admin.query<{ count: string }>(sql);
    const count = Number(rows[0]?.count ?? 0);
    if (count > 0) found.push(`${count} ${what}`);
  }
  // Consumers are checked last, because NATS does not have all events until the outboxes are empty.
  return found.length > 0 ? found : lagging(nats);
}

/** The number of events that failed every retry since the streams were created. */
export async function deadLetterCount({ connection }: Nats): Promise<number> {
  const manager = await connection.jetstreamManager();
  return (await manager.streams.info('SOUK_DEAD_LETTERS')).state.messages;
}

async function lagging({ connection }: Nats): Promise<string[]> {
  const manager = await connection.jetstreamManager();
  const found: string[] = [];
  for await (const stream of manager.streams.names()) {
    if (NO_WORK.has(stream)) continue;
    for await (const { name, config, num_pending, num_ack_pending } of manager.consumers.list(stream)) {
      // A consumer without a durable name belongs to a single process. After a crash it remains for a while, and its pending events do not
      // matter.
      const waiting = config.durable_name === undefined ? 0 : num_pending + num_ack_pending;
      if (waiting > 0) found.push(`${waiting} events for ${name}`);
    }
  }
  return found;
}
