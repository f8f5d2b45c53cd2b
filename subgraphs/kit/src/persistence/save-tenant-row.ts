import type { EntityName, FilterQuery, RequiredEntityData } from '@mikro-orm/postgresql';
import type { stampColumns } from './base-columns.ts';
import type { Transaction } from './transaction.ts';

/** An entity with one row per tenant, such as settings. */
interface TenantRow {
  tenantId: string;
  version: number;
}

/**
 * Changes the tenant's row of a table that has one row per tenant, or adds the row. After a concurrent change of the row, this throws an
 * OptimisticLockError, and the unit of work runs again.
 * @param entity the entity, whose primary key is `tenantId`
 * @param values the values of all columns without a default
 */
export async function saveTenantRow<Row extends TenantRow>(
  { em, tenantId }: Pick<Transaction<unknown>, 'em' | 'tenantId'>,
  entity: EntityName<Row>,
  values: Omit<Row, 'tenantId' | keyof typeof stampColumns | symbol>,
): Promise<void> {
  // When two transactions add the row at the same time, "on conflict do nothing" lets the later transaction change the row instead.
  const added = { ...values, tenantId } as RequiredEntityData<Row>;
  await em.createQueryBuilder(entity).insert(added).onConflict().ignore().execute();
  const row = await em.findOneOrFail(entity, { tenantId } as FilterQuery<Row>);
  Object.assign(row, values);
  await em.flush();
}
