import type { OrdersTransaction } from '../database.ts';
import type { TaxRate } from './tax.ts';

/** Inserts rates. An existing rate of the same country is overwritten. */
export async function upsertTaxRates({ db, tenantId }: OrdersTransaction, rates: readonly TaxRate[]): Promise<void> {
  if (rates.length === 0) return;
  const rows = rates.map(({ countryCode, basisPoints }) => ({
    tenant_id: tenantId,
    country_code: countryCode,
    basis_points: basisPoints,
  }));
  await db
    .insertInto('tax_rate')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'country_code'])
        .doUpdateSet((row) => ({ basis_points: row.ref('excluded.basis_points') })),
    )
    .execute();
}
