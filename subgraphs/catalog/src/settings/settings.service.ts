import { requireScope, type RequestContext } from '@souk/kit/context';
import { saveTenantRow } from '@souk/kit/persistence';
import { CatalogWrite } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { refreshSortPrices } from '../product/product-derived.repository.ts';
import { markAllForSearch } from '../search-pending.repository.ts';
import { CatalogSettingsEntity } from './catalog-settings.entity.ts';
import type { StoreDefaults } from '../store-defaults.repository.ts';

/** Sets the default currency and locale of a tenant. */
export class SettingsService {
  readonly #unitOfWork: CatalogUnitOfWork;

  constructor(unitOfWork: CatalogUnitOfWork) {
    this.#unitOfWork = unitOfWork;
  }

  /**
   * Sets the defaults. Lists of products are sorted by prices in the new currency from now on.
   * @throws AccessDeniedError without `catalog:write`
   */
  setDefaults(ctx: RequestContext, defaults: StoreDefaults): Promise<void> {
    requireScope(ctx, CatalogWrite);
    return this.#unitOfWork.run(ctx, (tx) => saveDefaults(tx, defaults));
  }
}

/** Saves the defaults, and the sort prices and search documents that depend on them, within the caller's transaction. */
export async function saveDefaults(tx: CatalogTransaction, { currency, locale }: StoreDefaults): Promise<void> {
  await saveTenantRow(tx, CatalogSettingsEntity, { defaultCurrency: currency, defaultLocale: locale });
  await refreshSortPrices(tx);
  await markAllForSearch(tx);
}
