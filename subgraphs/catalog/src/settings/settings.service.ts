import { requireScope, type RequestContext } from '@souk/kit/context';
import { CatalogWrite } from '../contract.ts';
import type { CatalogUnitOfWork } from '../database.ts';
import { refreshSortPrices } from '../product/product-derived.repository.ts';
import { CatalogSettingsEntity } from './catalog-settings.entity.ts';
import type { StoreDefaults } from './store-defaults.repository.ts';

/** Sets what a tenant's catalog takes for granted. */
export class SettingsService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /** Needs `catalog:write`. Products are sorted by their prices in the new currency from then on. */
  setDefaults(ctx: RequestContext, { currency, locale }: StoreDefaults): Promise<void> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.run(ctx, async (tx) => {
      const { tenantId } = tx;
      await tx.em.upsert(CatalogSettingsEntity, { tenantId, defaultCurrency: currency, defaultLocale: locale });
      await refreshSortPrices(tx);
    });
  }
}
