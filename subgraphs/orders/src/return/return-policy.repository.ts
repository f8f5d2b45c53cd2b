import type { OrdersRead, OrdersTransaction } from '../database.ts';
import { ReturnPolicyEntity } from './return.entity.ts';
import { DEFAULT_RETURN_WINDOW_DAYS } from './return.policy.ts';

/** The return policy of a tenant, with the version for its optimistic lock. */
export interface ReturnTerms {
  readonly windowDays: number;
  /** 0 for the default, which is not stored in a row. */
  readonly version: number;
}

/** The tenant's return policy. @default `DEFAULT_RETURN_WINDOW_DAYS` */
export async function findReturnTerms({ db, tenantId }: OrdersRead): Promise<ReturnTerms> {
  const row = await db
    .selectFrom('return_policy')
    .where('tenant_id', '=', tenantId)
    .select(['window_days', 'version'])
    .executeTakeFirst();
  return { windowDays: row?.window_days ?? DEFAULT_RETURN_WINDOW_DAYS, version: row?.version ?? 0 };
}

/**
 * Saves the return policy. When two transactions add the row concurrently, the unit of work repeats the second transaction, which then
 * finds the row and updates it.
 */
export async function saveReturnTerms({ em, tenantId }: OrdersTransaction, windowDays: number): Promise<ReturnTerms> {
  const known = await em.findOne(ReturnPolicyEntity, { tenantId });
  const saved = known ? Object.assign(known, { windowDays }) : em.create(ReturnPolicyEntity, { windowDays });
  await em.flush();
  return { windowDays, version: saved.version };
}
