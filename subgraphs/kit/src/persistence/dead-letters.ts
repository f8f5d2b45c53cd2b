import { sql } from 'kysely';
import type { EventEnvelope } from '../contracts/index.ts';
import type { Transaction } from './transaction.ts';

/** Parks an event that failed every retry of a consumer. When an event is parked again, its newest error is kept. */
export async function parkEvent<Schema>(
  tx: Transaction<Schema>,
  consumer: string,
  envelope: EventEnvelope,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  await sql`
    insert into dead_letter_event (consumer, event_id, envelope, error)
    values (${consumer}, ${envelope.event_id}::uuid, ${JSON.stringify(envelope)}::jsonb, ${reason})
    on conflict (tenant_id, consumer, event_id) do update set error = excluded.error, parked_at = now()`.execute(tx.db);
}
