import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentsTransaction } from '../database.ts';
import { nextCheck } from './late-check-times.ts';

const added = fixedStatement(`
  insert into open_page (tenant_id, payment_id, voided_at, check_at) values ($1, $2, $3, $4) on conflict do nothing`);
const locked = fixedStatement<{ voidedAt: Date; checks: number }>(`
  select voided_at as "voidedAt", checks from open_page where tenant_id = $1 and payment_id = $2 for update`);
const postponed = fixedStatement(`
  update open_page set check_at = $3, checks = checks + 1 where tenant_id = $1 and payment_id = $2`);
const removed = fixedStatement(`delete from open_page where tenant_id = $1 and payment_id = $2`);

/** Records that the payment page of a voided payment is still open, and schedules the first check. */
export async function addOpenPage({ db, tenantId }: PaymentsTransaction, paymentId: string, now: Date): Promise<void> {
  await added(db, tenantId, paymentId, now, nextCheck(now, 0));
}

/** Locks and returns the open page of a payment. Null when the payment has no open page, or when a late payment is being refunded. */
export async function lockOpenPage(
  { db, tenantId }: PaymentsTransaction,
  paymentId: string,
): Promise<{ readonly voidedAt: Date; readonly checks: number } | null> {
  return (await locked(db, tenantId, paymentId)).rows[0] ?? null;
}

/** Increments the number of checks and sets the time of the next check. @param checkAt null after the last check */
export async function postponeCheck(
  { db, tenantId }: PaymentsTransaction,
  paymentId: string,
  checkAt: Date | null,
): Promise<void> {
  await postponed(db, tenantId, paymentId, checkAt);
}

export async function removeOpenPage({ db, tenantId }: PaymentsTransaction, paymentId: string): Promise<void> {
  await removed(db, tenantId, paymentId);
}
