import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { PaymentsTransaction } from '../database.ts';
import type { MethodSetup, SetupStatus } from './saved-method.ts';

/** How long ended attempts are stored, in milliseconds. */
const KEPT_MS = 30 * 24 * 3600 * 1000;

interface SetupRow {
  readonly id: string;
  readonly customer_id: string;
  readonly provider: PaymentProviderName;
  readonly secret_name: string;
  readonly by_token: boolean;
  readonly fingerprint: string;
  readonly customer_reference: string | null;
  readonly provider_reference: string | null;
  readonly status: SetupStatus;
  readonly decline_code: string | null;
  readonly method_id: string | null;
}

const turnTaken = fixedStatement(`select pg_advisory_xact_lock(hashtextextended($1, 0))`);
const started = fixedStatement<{ started_at: Date }>(`
  select started_at from method_setup where tenant_id = $1 and customer_id = $2 and started_at > $3 order by started_at limit 100`);
const forgotten = fixedStatement(
  `delete from method_setup where tenant_id = $1 and customer_id = $2 and started_at < $3`,
);
const found = fixedStatement<SetupRow>(`
  select id, customer_id, provider, secret_name, by_token, fingerprint, customer_reference, provider_reference, status, decline_code, method_id
    from method_setup where tenant_id = $1 and id = $2 for update`);
const added = fixedStatement(`
  insert into method_setup (tenant_id, id, customer_id, provider, secret_name, by_token, fingerprint, started_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`);
const begun = fixedStatement(`
  update method_setup set customer_reference = $3, provider_reference = $4 where tenant_id = $1 and id = $2`);
const ended = fixedStatement(`
  update method_setup set status = $3, decline_code = $4, method_id = $5 where tenant_id = $1 and id = $2`);
const customerFound = fixedStatement<{ reference: string }>(`
  select provider_reference as reference from payment_customer
   where tenant_id = $1 and customer_id = $2 and provider = $3 and secret_name = $4`);
const customerSaved = fixedStatement(`
  insert into payment_customer (tenant_id, customer_id, provider, secret_name, provider_reference) values ($1, $2, $3, $4, $5)
  on conflict do nothing`);

/** Serializes the attempts of a customer until the transaction ends. */
export async function takeCustomerTurn({ db, tenantId }: PaymentsTransaction, customerId: string): Promise<void> {
  await turnTaken(db, `method setup ${tenantId} ${customerId}`);
}

/** The start times of the customer's attempts after a given time. */
export async function attemptsSince(
  { db, tenantId }: PaymentsTransaction,
  customerId: string,
  since: Date,
): Promise<Date[]> {
  return (await started(db, tenantId, customerId, since)).rows.map((row) => row.started_at);
}

/** The attempt, locked until the transaction ends. */
export async function lockSetup({ db, tenantId }: PaymentsTransaction, id: string): Promise<MethodSetup | null> {
  const [row] = (await found(db, tenantId, id)).rows;
  return row ? setupOf(row) : null;
}

/** Adds an attempt, and deletes old attempts of the customer. */
export async function addSetup({ db, tenantId }: PaymentsTransaction, setup: MethodSetup, now: Date): Promise<void> {
  const { id, customerId, provider, secretName, byToken, fingerprint } = setup;
  await forgotten(db, tenantId, customerId, new Date(now.getTime() - KEPT_MS));
  await added(db, tenantId, id, customerId, provider, secretName, byToken, fingerprint, now);
}

/** Records that the provider has received the attempt. */
export async function beginSetup(
  { db, tenantId }: PaymentsTransaction,
  { id, customerId, provider, secretName }: MethodSetup,
  { customer, reference }: { readonly customer: string; readonly reference: string },
): Promise<void> {
  await customerSaved(db, tenantId, customerId, provider, secretName, customer);
  await begun(db, tenantId, id, customer, reference);
}

/** Records the end of an attempt. */
export async function endSetup(
  { db, tenantId }: PaymentsTransaction,
  { id, status, declineCode, methodId }: Pick<MethodSetup, 'id' | 'status' | 'declineCode' | 'methodId'>,
): Promise<void> {
  await ended(db, tenantId, id, status, declineCode, methodId);
}

/** The provider's reference for a customer. Null when the customer is not registered at the provider yet. */
export async function customerReferenceOf(
  { db, tenantId }: PaymentsTransaction,
  { customerId, provider, secretName }: MethodSetup,
): Promise<string | null> {
  return (await customerFound(db, tenantId, customerId, provider, secretName)).rows[0]?.reference ?? null;
}

function setupOf(row: SetupRow): MethodSetup {
  return {
    id: row.id,
    customerId: row.customer_id,
    provider: row.provider,
    secretName: row.secret_name,
    byToken: row.by_token,
    fingerprint: row.fingerprint,
    customerReference: row.customer_reference,
    reference: row.provider_reference,
    status: row.status,
    declineCode: row.decline_code,
    methodId: row.method_id,
  };
}
