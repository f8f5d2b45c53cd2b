import { requireScope, type RequestContext } from '@souk/kit/context';
import { saveTenantRow } from '@souk/kit/persistence';
import { CatalogWrite } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { refreshSortPrices } from '../product/product-derived.repository.ts';
import { CatalogSettingsEntity } from './catalog-settings.entity.ts';
import type { StoreDefaults } from '../store-defaults.repository.ts';

/** Sets the defaults of a tenant's catalog. */
export class SettingsService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Sets currency and locale. From now on products are sorted by prices in the new currency.
   * @throws AccessDeniedError without `catalog:write`
   */
  setDefaults(ctx: RequestContext, { currency, locale }: StoreDefaults): Promise<void> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.run(ctx, async (tx) => {
      await saveTenantRow(tx, CatalogSettingsEntity, { defaultCurrency: currency, defaultLocale: locale });
      await refreshSortPrices(tx);
    });
  }
}
