import { fixedStatement } from '@souk/kit/persistence';
import type { PaymentProviderName } from '../account/payment-account.ts';
import type { PaymentsTransaction } from '../database.ts';
import type { SavedMethod } from './saved-method.ts';

interface MethodRow {
  readonly id: string;
  readonly customer_id: string;
  readonly provider: PaymentProviderName;
  readonly created_at: Date;
  readonly customer_reference: string;
  readonly provider_reference: string;
}

/** The methods of the shop's present accounts. A method of an earlier account cannot pay. */
const METHODS = `
  select method.id, method.customer_id, method.provider, method.created_at, method.customer_reference, method.provider_reference
    from saved_method method
    join payment_account account
      on account.tenant_id = method.tenant_id and account.provider = method.provider and account.secret_name = method.secret_name
   where method.tenant_id = $1`;
const ofCustomer = fixedStatement<MethodRow>(`
  ${METHODS} and method.customer_id = $2 order by method.created_at, method.id limit 20`);
const byId = fixedStatement<MethodRow>(`${METHODS} and method.customer_id = $2 and method.id = $3`);
const saved = fixedStatement(`
  insert into saved_method (tenant_id, id, customer_id, provider, secret_name, customer_reference, provider_reference)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`);
const removed = fixedStatement(`delete from saved_method where tenant_id = $1 and id = $2`);
const removedByReference = fixedStatement(`
  delete from saved_method where tenant_id = $1 and provider = $2 and provider_reference = $3`);

/** The methods of a customer, at most 20, the oldest first. */
export async function methodsOf(
  { db, tenantId }: Pick<PaymentsTransaction, 'db' | 'tenantId'>,
  customerId: string,
): Promise<SavedMethod[]> {
  return (await ofCustomer(db, tenantId, customerId)).rows.map(methodOf);
}

/** The method of a customer. Null when the method is unknown or belongs to another customer. */
export async function findMethod(
  { db, tenantId }: PaymentsTransaction,
  customerId: string,
  id: string,
): Promise<SavedMethod | null> {
  const [row] = (await byId(db, tenantId, customerId, id)).rows;
  return row ? methodOf(row) : null;
}

/** Saves a method. Does nothing when the method is already saved. */
export async function saveMethod(
  { db, tenantId }: PaymentsTransaction,
  {
    id,
    customerId,
    provider,
    secretName,
    customerReference,
    reference,
  }: Omit<SavedMethod, 'createdAt'> & {
    readonly secretName: string;
  },
): Promise<void> {
  await saved(db, tenantId, id, customerId, provider, secretName, customerReference, reference);
}

export async function removeMethod({ db, tenantId }: PaymentsTransaction, id: string): Promise<void> {
  await removed(db, tenantId, id);
}

/** Removes the method with the provider's reference. */
export async function removeMethodOf(
  { db, tenantId }: PaymentsTransaction,
  provider: PaymentProviderName,
  reference: string,
): Promise<void> {
  await removedByReference(db, tenantId, provider, reference);
}

function methodOf(row: MethodRow): SavedMethod {
  return {
    id: row.id,
    customerId: row.customer_id,
    provider: row.provider,
    createdAt: row.created_at,
    customerReference: row.customer_reference,
    reference: row.provider_reference,
  };
}
