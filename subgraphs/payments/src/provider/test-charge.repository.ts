import { randomUUID } from 'node:crypto';
import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentsTransaction } from '../database.ts';
import type { ChargeRequest, TestCharge } from './test-charge.policy.ts';

const locked = fixedStatement(`select pg_advisory_xact_lock(hashtextextended($1, 0))`);
const chargesOf = fixedStatement<TestCharge>(`
  select idempotency_key as "idempotencyKey", kind, amount_minor as "amountMinor", decline_code as "declineCode", reference
    from test_provider_charge where tenant_id = $1 and authorization_key = $2`);
const inserted = fixedStatement(`
  insert into test_provider_charge (tenant_id, idempotency_key, authorization_key, kind, amount_minor, currency, decline_code, reference)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`);

/** Locks and returns the charges of an authorization. An advisory lock serializes callers even if there is no charge yet. */
export async function lockCharges(
  { db, tenantId }: PaymentsTransaction,
  authorizationKey: string,
): Promise<readonly TestCharge[]> {
  const [, { rows }] = await Promise.all([
    locked(db, `test-provider ${tenantId} ${authorizationKey}`),
    chargesOf(db, tenantId, authorizationKey),
  ]);
  return rows;
}

/** Records a charge. @param declineCode null when the charge is approved */
export function insertCharge(
  tx: PaymentsTransaction,
  { idempotencyKey, authorizationKey, kind, amount }: ChargeRequest,
  declineCode: string | null,
): TestCharge {
  const amountMinor = amount?.amountMinor ?? 0;
  const reference = `test_${kind.toLowerCase()}_${randomUUID()}`;
  const values = [
    idempotencyKey,
    authorizationKey,
    kind,
    amountMinor,
    amount?.currency ?? null,
    declineCode,
    reference,
  ];
  tx.write(inserted(tx.db, tx.tenantId, ...values));
  return { idempotencyKey, kind, amountMinor, declineCode, reference };
}
