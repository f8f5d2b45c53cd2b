import { sql, type Selectable } from 'kysely';
import type { PaymentsDatabase, PaymentsTransaction } from '../database.ts';
import type { AccountSettings, PaymentAccount, PaymentProviderName } from './payment-account.ts';

/** The tenant's accounts, at most one per provider. */
export async function findAccounts({ db, tenantId }: PaymentsTransaction): Promise<PaymentAccount[]> {
  const rows = await db
    .selectFrom('payment_account')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('provider')
    .execute();
  return rows.map(accountOf);
}

/** Creates or replaces the settings of the tenant's account at a provider. */
export async function saveAccount(
  { db, tenantId }: PaymentsTransaction,
  provider: PaymentProviderName,
  settings: AccountSettings,
): Promise<PaymentAccount> {
  const columns = {
    enabled: settings.enabled,
    secret_name: settings.secretName,
    publishable_key: settings.publishableKey,
    capture_method: settings.captureMethod,
    limits: sql<AccountSettings['limits']>`${JSON.stringify(settings.limits)}::jsonb`,
  };
  const row = await db
    .insertInto('payment_account')
    .values({ id: sql<string>`gen_random_uuid()`, tenant_id: tenantId, provider, ...columns })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'provider']).doUpdateSet(columns))
    .returningAll()
    .executeTakeFirstOrThrow();
  return accountOf(row);
}

function accountOf(row: Selectable<PaymentsDatabase['payment_account']>): PaymentAccount {
  return {
    id: row.id,
    provider: row.provider,
    enabled: row.enabled,
    secretName: row.secret_name,
    publishableKey: row.publishable_key,
    captureMethod: row.capture_method,
    limits: row.limits,
    version: row.version,
  };
}
