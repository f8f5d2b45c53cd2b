import { SettingsWrite } from '@souk/accounts/contract';
import { requireScope, type RequestContext } from '@souk/kit/context';
import type { UnitOfWork } from '@souk/kit/persistence';
import type { OrdersDatabase } from '../database.ts';
import type { TaxRate } from './tax.ts';

/** The taxes that a tenant's prices contain. */
export class TaxRateService {
  constructor(private readonly unitOfWork: UnitOfWork<OrdersDatabase>) {}

  /** Adds rates or overwrites those of the same country. @throws AccessDeniedError without `settings:write` */
  async import(context: RequestContext, rates: readonly TaxRate[]): Promise<void> {
    requireScope(context, SettingsWrite);
    if (rates.length === 0) return;
    await this.unitOfWork.run(context, ({ db, tenantId }) =>
      db
        .insertInto('tax_rate')
        .values(
          rates.map(({ countryCode, basisPoints }) => ({
            tenant_id: tenantId,
            country_code: countryCode,
            basis_points: basisPoints,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'country_code'])
            .doUpdateSet((row) => ({ basis_points: row.ref('excluded.basis_points') })),
        )
        .execute(),
    );
  }
}
