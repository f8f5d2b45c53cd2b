import { fixedStatement, keysetPage, type KeysetPage } from '@souk/kit/persistence';
import type { InvalidPage, PageRequest, Result } from '@souk/kit/domain';
import { sql, type Selectable } from 'kysely';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import { idFrom } from '../payment/fingerprint.ts';
import type { Difference } from './difference.ts';
import { LEASE_MS, type ReconciliationStatus } from './reconciliation.ts';
import type { Period } from './transaction-source.ts';

const COLUMNS = [
  'id',
  'provider',
  'period_from',
  'period_to',
  'status',
  'charges',
  'refunds',
  'differences',
  'repaired',
  'problem',
  'ended_at',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'version',
] as const;

/** A comparison as lists read it. */
export type ReconciliationRecord = Pick<Selectable<PaymentsDatabase['reconciliation']>, (typeof COLUMNS)[number]>;
export type DifferenceRecord = Omit<Selectable<PaymentsDatabase['reconciliation_difference']>, 'tenant_id'>;

/** A comparison that the job has taken. */
export interface TakenReconciliation {
  readonly id: string;
  readonly provider: PaymentProviderName;
  readonly period: Period;
  readonly attempts: number;
}

export interface ReconciliationFilter {
  readonly provider?: readonly PaymentProviderName[] | null;
  readonly status?: readonly ReconciliationStatus[] | null;
}

const queueTurn = fixedStatement(`select pg_advisory_xact_lock(hashtextextended($1, 0))`);
const waitingAlready = fixedStatement<{ id: string }>(`
  select id from reconciliation
   where tenant_id = $1 and provider = $2 and period_from = $3 and period_to = $4 and status = 'QUEUED' limit 1`);
const queued = fixedStatement(`
  insert into reconciliation (tenant_id, id, provider, period_from, period_to, run_at) values ($1, $2, $3, $4, $5, $6)`);

/** Queues a comparison, unless an equal one waits or runs. @returns the id of the comparison in the queue */
export async function queueReconciliation(
  { db, tenantId }: PaymentsTransaction,
  { id, provider, period: { from, to } }: Omit<TakenReconciliation, 'attempts'>,
  now: Date,
): Promise<string> {
  await queueTurn(db, `reconciliation ${tenantId} ${provider}`);
  const [equal] = (await waitingAlready(db, tenantId, provider, from, to)).rows;
  if (equal) return equal.id;
  await queued(db, tenantId, id, provider, from, to, now);
  return id;
}

const taken = fixedStatement<{ provider: PaymentProviderName; from: Date; to: Date; attempts: number }>(`
  update reconciliation set run_at = $4, attempts = attempts + 1
   where tenant_id = $1 and id = $2 and status = 'QUEUED' and run_at <= $3
  returning provider, period_from as from, period_to as to, attempts`);

/** Takes a comparison that is due. Null when another process has taken the comparison. */
export async function takeReconciliation(
  { db, tenantId }: PaymentsTransaction,
  id: string,
  now: Date,
): Promise<TakenReconciliation | null> {
  const [row] = (await taken(db, tenantId, id, now, new Date(now.getTime() + LEASE_MS))).rows;
  return row ? { id, provider: row.provider, attempts: row.attempts, period: { from: row.from, to: row.to } } : null;
}

const postponed = fixedStatement(
  `update reconciliation set run_at = $3, problem = $4 where tenant_id = $1 and id = $2`,
);

/** Schedules another attempt of a comparison. */
export async function postponeReconciliation(
  { db, tenantId }: PaymentsTransaction,
  id: string,
  runAt: Date,
  problem: string,
): Promise<void> {
  await postponed(db, tenantId, id, runAt, problem);
}

const ended = fixedStatement<{ unrepaired: number }>(`
  update reconciliation
     set status = $3, problem = $4, ended_at = $5, charges = $6, refunds = $7,
         (differences, repaired) = (select count(*), count(*) filter (where found.repaired) from reconciliation_difference found
                                     where found.tenant_id = $1 and found.reconciliation_id = $2)
   where tenant_id = $1 and id = $2
  returning differences - repaired as unrepaired`);

/** Ends a comparison, and counts its differences. @returns the number of differences that are not repaired */
export async function endReconciliation(
  { db, tenantId }: PaymentsTransaction,
  id: string,
  end: {
    readonly status: 'COMPLETED' | 'FAILED';
    readonly problem: string | null;
    readonly at: Date;
    readonly charges: number;
    readonly refunds: number;
  },
): Promise<number> {
  const { rows } = await ended(db, tenantId, id, end.status, end.problem, end.at, end.charges, end.refunds);
  return rows[0]?.unrepaired ?? 0;
}

/**
 * Adds differences. A difference that is already stored is kept, and is marked as repaired when it has now been
 * repaired.
 */
export async function addDifferences(
  { db }: PaymentsTransaction,
  reconciliationId: string,
  found: readonly (Difference & { readonly repaired: boolean })[],
  now: Date,
): Promise<void> {
  if (found.length === 0) return;
  const rows = new Map(found.map((each) => [idFrom('difference', reconciliationId, each.kind, each.reference), each]));
  await db
    .insertInto('reconciliation_difference')
    .values(
      [...rows].map(([id, { kind, paymentId, reference, ledger, provider, repaired }]) => ({
        id,
        reconciliation_id: reconciliationId,
        kind,
        payment_id: paymentId,
        reference,
        ledger_minor: ledger?.amountMinor ?? null,
        provider_minor: provider?.amountMinor ?? null,
        currency: (provider ?? ledger)?.currency ?? null,
        repaired,
        found_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'id'])
        .doUpdateSet({ repaired: sql<boolean>`reconciliation_difference.repaired or excluded.repaired` }),
    )
    .execute();
}

/** A page of comparisons, the newest first. */
export function reconciliationPage(
  { db, tenantId }: PaymentsTransaction,
  page: PageRequest,
  filter: ReconciliationFilter,
): Promise<Result<KeysetPage<ReconciliationRecord>, InvalidPage>> {
  let all = db.selectFrom('reconciliation').select(COLUMNS).where('tenant_id', '=', tenantId);
  if (filter.provider) all = all.where('provider', 'in', [...filter.provider]);
  if (filter.status) all = all.where('status', 'in', [...filter.status]);
  return keysetPage(all, {
    sort: [{ by: 'reconciliation.created_at', direction: 'desc' }],
    id: 'reconciliation.id',
    filter,
    page,
  });
}

export function findReconciliation(
  { db, tenantId }: PaymentsTransaction,
  id: string,
): Promise<ReconciliationRecord | undefined> {
  return db
    .selectFrom('reconciliation')
    .select(COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst();
}

const differences = fixedStatement<DifferenceRecord>(`
  select id, reconciliation_id, kind, payment_id, reference, ledger_minor, provider_minor, currency, repaired, found_at
    from (select found.*, row_number() over (partition by reconciliation_id order by repaired, found_at, id) as place
            from reconciliation_difference found where tenant_id = $1 and reconciliation_id = any($2::uuid[])) ranked
   where place <= 100 order by place`);

/** The differences of comparisons, at most 100 for each comparison. Differences that are not repaired come first. */
export async function differencesOf(
  { db, tenantId }: PaymentsTransaction,
  ids: readonly string[],
): Promise<readonly DifferenceRecord[]> {
  return (await differences(db, tenantId, ids)).rows;
}

const planned = fixedStatement(`
  insert into reconciliation_plan (tenant_id, account_id, next_at) values ($1, $2, $3) on conflict do nothing`);
const accountDue = fixedStatement<{ provider: PaymentProviderName; until: Date | null }>(`
  select account.provider, plan.until
    from reconciliation_plan plan
    join payment_account account on account.tenant_id = plan.tenant_id and account.id = plan.account_id
   where plan.tenant_id = $1 and plan.account_id = $2 and plan.next_at <= $3 for update of plan`);
const plannedNext = fixedStatement(`
  update reconciliation_plan set next_at = $3, until = $4 where tenant_id = $1 and account_id = $2`);

/** The account, when its next comparison is due. The account's plan is locked until the transaction ends. */
export async function lockDueAccount({ db, tenantId }: PaymentsTransaction, id: string, now: Date) {
  await planned(db, tenantId, id, now);
  return (await accountDue(db, tenantId, id, now)).rows[0] ?? null;
}

/** Stores when the next comparison of an account is queued, and the end of the last comparison's period. */
export async function planNext(
  { db, tenantId }: PaymentsTransaction,
  id: string,
  next: { readonly at: Date; readonly until: Date },
): Promise<void> {
  await plannedNext(db, tenantId, id, next.at, next.until);
}
