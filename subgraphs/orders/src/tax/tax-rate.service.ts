import { requireScope, type RequestContext } from '@souk/kit/context';
import type { OrdersUnitOfWork } from '../database.ts';
import type { TaxRate } from './tax.ts';

/** The taxes that a tenant's prices contain. */
export class TaxRateService {
  readonly #unitOfWork: OrdersUnitOfWork;

  constructor(unitOfWork: OrdersUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Adds rates or overwrites those of the same country. @throws AccessDeniedError without `settings:write` */
  async import(ctx: RequestContext, rates: readonly TaxRate[]): Promise<void> {
    requireScope(ctx, 'settings:write');
    if (rates.length === 0) return;
    await this.#unitOfWork.run(ctx, ({ db, tenantId }) =>
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
