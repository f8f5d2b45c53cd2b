import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { OrdersTransaction } from '../database.ts';
import type { Attempt } from './attempt-limit.policy.ts';

/** The seconds until all these attempts are allowed. 0 when they are allowed now. */
export async function secondsToWait(
  { db, tenantId }: OrdersTransaction,
  attempts: readonly Attempt[],
): Promise<number> {
  const rows = JSON.stringify(attempts.map((attempt) => rowOf(tenantId, attempt)));
  const { rows: found } = await sql<{ seconds: number }>`
    select coalesce(max(ceil(extract(epoch from count.ends_at - now()))), 0)::integer as seconds
      from jsonb_to_recordset(${rows}::jsonb) as tried (brake text, subject text, max_attempts integer)
      join attempt_count count on count.tenant_id = ${tenantId}::uuid
       and count.brake = tried.brake and count.subject = tried.subject
     where count.ends_at > now() and count.attempts >= tried.max_attempts`.execute(db);
  return found[0]?.seconds ?? 0;
}

/**
 * Adds one to the count of each attempt. Returns the seconds until all attempts are allowed, or 0 when all are allowed now. Concurrent
 * calls do not lose counts, because the upsert locks the row until the commit. A rolled-back transaction adds nothing.
 */
export async function countAttempts(
  { db, tenantId }: OrdersTransaction,
  attempts: readonly Attempt[],
): Promise<number> {
  const maxima = new Map(attempts.map(({ limit }) => [limit.name, limit.maxAttempts]));
  // The rows are locked in a fixed order, so concurrent transactions do not deadlock.
  const rows = JSON.stringify(attempts.map((attempt) => rowOf(tenantId, attempt)));
  const { rows: counted } = await sql<{ brake: string; attempts: number; seconds: number }>`
    insert into attempt_count as count (tenant_id, brake, subject, attempts, ends_at)
    select ${tenantId}::uuid, brake, subject, 1, now() + make_interval(secs => window_seconds)
      from jsonb_to_recordset(${rows}::jsonb) as tried (brake text, subject text, window_seconds integer)
     order by brake, subject
    on conflict (tenant_id, brake, subject) do update set
      attempts = case when count.ends_at > now() then least(count.attempts + 1, 1000000) else 1 end,
      ends_at = case when count.ends_at > now() then count.ends_at else excluded.ends_at end
    returning brake, attempts, ceil(extract(epoch from ends_at - now()))::integer as seconds`.execute(db);
  const exceeded = counted.filter((row) => row.attempts > (maxima.get(row.brake) ?? 0));
  return Math.max(0, ...exceeded.map(({ seconds }) => seconds));
}

/** SHA-256 of the subject of an attempt, such as a client IP address, because the tables must not hold personal data. */
export function digestOf(tenantId: string, { limit, subject }: Attempt): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, limit.name, subject]))
    .digest('base64url');
}

function rowOf(tenantId: string, attempt: Attempt) {
  const { name, maxAttempts, windowSeconds } = attempt.limit;
  const subject = digestOf(tenantId, attempt);
  return { brake: name, subject, max_attempts: maxAttempts, window_seconds: windowSeconds };
}
