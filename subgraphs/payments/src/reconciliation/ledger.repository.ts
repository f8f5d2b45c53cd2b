import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentsTransaction } from '../database.ts';
import {
  paymentOf,
  stepOf,
  transactionOf,
  type PaymentRow,
  type StepRow,
  type TransactionRow,
} from '../payment/payment.repository.ts';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { LedgerPayment } from './difference.ts';
import type { Period } from './transaction-source.ts';

const payments = fixedStatement<PaymentRow>(`
  select id, order_id, provider, status, currency, amount_minor, authorized_minor, captured_minor, refunded_minor, disputed_minor,
         provider_reference, decline_code, waiting_for, version
    from payment where tenant_id = $1 and provider = $2 and id = any($3::uuid[])`);
const steps = fixedStatement<StepRow>(`
  select id, payment_id, kind, amount_minor, currency, reason, fingerprint
    from payment_step where tenant_id = $1 and payment_id = any($2::uuid[])`);
const transactions = fixedStatement<TransactionRow>(`
  select id, payment_id, kind, status, amount_minor, currency, reason, decline_code, provider_reference, fingerprint
    from payment_transaction where tenant_id = $1 and payment_id = any($2::uuid[])`);

/** Payments of a provider with their running steps and entries, by id. */
export async function ledgerOf(
  { db, tenantId }: PaymentsTransaction,
  provider: PaymentProviderName,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LedgerPayment>> {
  const [found, open, entries] = await Promise.all([
    payments(db, tenantId, provider, ids),
    steps(db, tenantId, ids),
    transactions(db, tenantId, ids),
  ]);
  const openOf = Map.groupBy(open.rows, (row) => row.payment_id);
  const entriesOf = Map.groupBy(entries.rows, (row) => row.payment_id);
  return new Map(
    found.rows.map((row) => [
      row.id,
      {
        payment: paymentOf(row),
        open: (openOf.get(row.id) ?? []).map(stepOf),
        transactions: (entriesOf.get(row.id) ?? []).map(transactionOf),
      },
    ]),
  );
}

/** An entry of the ledger that the provider must list. */
export interface LedgerEntry {
  readonly id: string;
  readonly payment_id: string;
  /** The provider's reference. Null when the provider returned no reference. */
  readonly reference: string | null;
  readonly amount_minor: number;
  readonly currency: string;
  readonly created_at: Date;
}

const PAGE = 500;
const captured = fixedStatement<LedgerEntry>(`
  select id, id as payment_id, provider_reference as reference, captured_minor as amount_minor, currency, created_at
    from payment
   where tenant_id = $1 and provider = $2 and captured_minor > 0 and created_at < $4 and (created_at, id) > ($3, $5::uuid)
   order by created_at, id limit ${PAGE}`);
const refunded = fixedStatement<LedgerEntry>(`
  select entry.id, entry.payment_id, entry.provider_reference as reference, entry.amount_minor, entry.currency, entry.created_at
    from payment_transaction entry
    join payment on payment.tenant_id = entry.tenant_id and payment.id = entry.payment_id and payment.provider = $2
   where entry.tenant_id = $1 and entry.kind = 'REFUND' and entry.status = 'SUCCEEDED'
     and entry.created_at < $4 and (entry.created_at, entry.id) > ($3, $5::uuid)
   order by entry.created_at, entry.id limit ${PAGE}`);

const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * A page of the captured payments that began in a period, or of the refunds of a period.
 * @param after the last entry of the previous page
 */
export async function ledgerPage(
  { db, tenantId }: PaymentsTransaction,
  kind: 'CAPTURE' | 'REFUND',
  { provider, period }: { readonly provider: PaymentProviderName; readonly period: Period },
  after: LedgerEntry | null,
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly isLast: boolean }> {
  const page = kind === 'CAPTURE' ? captured : refunded;
  const { rows } = await page(db, tenantId, provider, after?.created_at ?? period.from, period.to, after?.id ?? FIRST);
  return { entries: rows, isLast: rows.length < PAGE };
}
