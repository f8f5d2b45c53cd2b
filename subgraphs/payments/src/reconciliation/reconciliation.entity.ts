import { defineEntity, p } from '@mikro-orm/postgresql';
import { baseColumns, tenantColumn } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { DifferenceKind } from './difference.ts';
import type { ReconciliationStatus } from './reconciliation.ts';

/** A comparison of the ledger with a provider. */
export const ReconciliationEntity = defineEntity({
  name: 'Reconciliation',
  tableName: 'reconciliation',
  properties: {
    ...baseColumns,
    provider: p.text().$type<PaymentProviderName>(),
    periodFrom: p.datetime(),
    periodTo: p.datetime(),
    status: p.text().$type<ReconciliationStatus>(),
    runAt: p.datetime(),
    attempts: p.integer(),
    charges: p.integer(),
    refunds: p.integer(),
    differences: p.integer(),
    repaired: p.integer(),
    problem: p.text().nullable(),
    endedAt: p.datetime().nullable(),
  },
});

/** A difference that a comparison found. Amounts are minor units of `currency`. */
export const ReconciliationDifferenceEntity = defineEntity({
  name: 'ReconciliationDifference',
  tableName: 'reconciliation_difference',
  properties: {
    ...tenantColumn,
    id: p.uuid().primary(),
    reconciliationId: p.uuid(),
    kind: p.text().$type<DifferenceKind>(),
    paymentId: p.uuid().nullable(),
    reference: p.text(),
    ledgerMinor: p.bigint('number').nullable(),
    providerMinor: p.bigint('number').nullable(),
    currency: p.text().nullable(),
    repaired: p.boolean(),
    foundAt: p.datetime(),
  },
});

/** The time at which the next comparison of an account is queued. */
export const ReconciliationPlanEntity = defineEntity({
  name: 'ReconciliationPlan',
  tableName: 'reconciliation_plan',
  properties: {
    ...tenantColumn,
    accountId: p.uuid().primary(),
    nextAt: p.datetime(),
    until: p.datetime().nullable(),
  },
});
