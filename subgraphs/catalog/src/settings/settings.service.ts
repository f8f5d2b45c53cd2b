import { requireScope, type RequestContext } from '@souk/kit/context';
import type { UnitOfWork } from '@souk/kit/persistence';
import { CatalogWrite } from '../contract.ts';
import type { CatalogDatabase } from '../database.ts';
import { refreshSortPrices } from '../product/product-derived.rows.ts';
import type { StoreDefaults } from './store-defaults.ts';

/** Sets what a tenant's catalog takes for granted. */
export class SettingsService {
  readonly #unitOfWork: UnitOfWork<CatalogDatabase>;

  constructor(unitOfWork: UnitOfWork<CatalogDatabase>) {
    this.#unitOfWork = unitOfWork;
  }

  /** Needs `catalog:write`. Products are sorted by their prices in the new currency from then on. */
  setDefaults(ctx: RequestContext, { currency, locale }: StoreDefaults): Promise<void> {
    requireScope(ctx, CatalogWrite);
    const values = { default_currency: currency, default_locale: locale };
    return this.#unitOfWork.run(ctx, async (tx) => {
      await tx.db
        .insertInto('catalog_settings')
        .values(values)
        .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
        .execute();
      await refreshSortPrices(tx);
    });
  }
}
