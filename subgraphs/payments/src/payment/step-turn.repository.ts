import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentsTransaction } from '../database.ts';

const taken = fixedStatement(`
  update payment_step set asked_at = $3 where tenant_id = $1 and id = $2 and (asked_at is null or asked_at <= $4)`);

/**
 * Reserves the provider call of a step for one caller. Succeeds unless another caller has reserved the call after the time `ended`.
 * @returns false when another caller has the reservation, or when the step is gone
 */
export async function takeTurn(
  { db, tenantId }: PaymentsTransaction,
  stepId: string,
  { now, ended }: { readonly now: Date; readonly ended: Date },
): Promise<boolean> {
  return (await taken(db, tenantId, stepId, now, ended)).numAffectedRows === 1n;
}
