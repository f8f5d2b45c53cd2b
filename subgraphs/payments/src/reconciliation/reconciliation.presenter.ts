import { presentMoney } from '@souk/kit/graphql';
import type { DifferenceRecord, ReconciliationRecord } from './reconciliation.repository.ts';
import type { ReconciliationDifferenceType, ReconciliationType } from './reconciliation.types.ts';

export function presentReconciliation(row: ReconciliationRecord): ReconciliationType {
  return {
    id: row.id,
    provider: row.provider,
    from: row.period_from,
    to: row.period_to,
    status: row.status,
    chargeCount: row.charges,
    refundCount: row.refunds,
    differenceCount: row.differences,
    repairedCount: row.repaired,
    problem: row.problem,
    endedAt: row.ended_at,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}

export function presentDifference(row: DifferenceRecord): ReconciliationDifferenceType {
  const amount = (amountMinor: number | null) =>
    amountMinor === null || row.currency === null ? null : presentMoney({ amountMinor, currency: row.currency });
  return {
    id: row.id,
    kind: row.kind,
    paymentId: row.payment_id,
    reference: row.reference,
    ledgerAmount: amount(row.ledger_minor),
    providerAmount: amount(row.provider_minor),
    isRepaired: row.repaired,
    foundAt: row.found_at,
  };
}
