import { sql } from 'kysely';
import type { OrdersTransaction } from '../database.ts';
import { digestOf } from './attempt-count.repository.ts';
import type { Attempt } from './attempt-limit.policy.ts';

/** Seconds until the row of a running authorization expires. Payment providers reply sooner, or the authorization is voided. */
const LASTS_SECONDS = 60;

/**
 * Records a running authorization for a client IP address. Returns false, and records nothing, when the declines plus the running
 * authorizations of this IP address have reached the limit.
 * @param id the checkout's id
 */
export async function claimPlace({ db, tenantId }: OrdersTransaction, id: string, attempt: Attempt): Promise<boolean> {
  const { name, maxAttempts } = attempt.limit;
  const digest = digestOf(tenantId, attempt);
  // The advisory lock serializes the claims of one client IP address. The next statement has a new snapshot, which includes earlier claims.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`payment attempt ${digest}`}, 0))`.execute(db);
  const { numAffectedRows } = await sql`
    with ended as (
      delete from payment_attempt where tenant_id = ${tenantId}::uuid and subject = ${digest} and expires_at <= now())
    insert into payment_attempt (tenant_id, id, subject, expires_at)
    select ${tenantId}::uuid, ${id}::uuid, ${digest}, now() + make_interval(secs => ${LASTS_SECONDS})
     where (select count(*) from payment_attempt running
             where running.tenant_id = ${tenantId}::uuid and running.subject = ${digest} and running.expires_at > now())
         + (select coalesce(max(declined.attempts), 0) from attempt_count declined
             where declined.tenant_id = ${tenantId}::uuid and declined.brake = ${name}
               and declined.subject = ${digest} and declined.ends_at > now())
         < ${maxAttempts}`.execute(db);
  return Number(numAffectedRows ?? 0) > 0;
}

/** Deletes the running authorization of a checkout. After a decline, call it in the transaction that counts the decline. */
export async function releasePlace({ db, tenantId }: OrdersTransaction, id: string): Promise<void> {
  await db.deleteFrom('payment_attempt').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
}
