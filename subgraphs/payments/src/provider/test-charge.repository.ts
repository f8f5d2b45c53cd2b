import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PaymentsTransaction } from '../database.ts';
import type { ChargeRequest, TestCharge } from './test-charge.policy.ts';

/**
 * Locks and returns the charges of an authorization. The lock lasts until the transaction ends, and is taken even when there is no charge
 * yet.
 */
export async function lockCharges(tx: PaymentsTransaction, authorizationKey: string): Promise<TestCharge[]> {
  const lock = `test-provider ${tx.tenantId} ${authorizationKey}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`.execute(tx.db);
  const rows = await tx.db
    .selectFrom('test_provider_charge')
    .select(['idempotency_key', 'kind', 'amount_minor', 'decline_code', 'reference'])
    .where('tenant_id', '=', tx.tenantId)
    .where('authorization_key', '=', authorizationKey)
    .execute();
  return rows.map((row) => ({
    idempotencyKey: row.idempotency_key,
    kind: row.kind,
    amountMinor: row.amount_minor,
    declineCode: row.decline_code,
    reference: row.reference,
  }));
}

/** Records a charge. @param declineCode the reason of a decline, or null for an approved charge */
export async function insertCharge(
  tx: PaymentsTransaction,
  { idempotencyKey, authorizationKey, kind, amount }: ChargeRequest,
  declineCode: string | null,
): Promise<TestCharge> {
  const amountMinor = amount?.amountMinor ?? 0;
  const reference = `test_${kind.toLowerCase()}_${randomUUID()}`;
  await tx.db
    .insertInto('test_provider_charge')
    .values({
      idempotency_key: idempotencyKey,
      authorization_key: authorizationKey,
      kind,
      amount_minor: amountMinor,
      currency: amount?.currency ?? null,
      decline_code: declineCode,
      reference,
    })
    .execute();
  return { idempotencyKey, kind, amountMinor, declineCode, reference };
}
