import type { RequestContext } from '@souk/kit/context';
import type { OrdersUnitOfWork } from '../database.ts';
import { TaxCategoryService } from './tax-category.service.ts';
import { TaxSettingsService } from './tax-settings.service.ts';
import { TaxZoneService } from './tax-zone.service.ts';
import { TaxResolver, TaxZoneResolver } from './tax.resolver.ts';
import type { TaxSettings } from './tax.ts';

/** The GraphQL classes of taxes. */
export const taxClasses = { resolvers: [TaxResolver, TaxZoneResolver] as const };

/** Creates the services of taxes for staff. */
export function createTaxes(unitOfWork: OrdersUnitOfWork) {
  const settings = new TaxSettingsService(unitOfWork);
  const zones = new TaxZoneService(unitOfWork);
  return {
    resolvers: [new TaxResolver(settings, new TaxCategoryService(unitOfWork)), new TaxZoneResolver(zones)],
    services: {
      importTaxRates: zones.import.bind(zones),
      setTaxSettings: (ctx: RequestContext, changes: Partial<TaxSettings>) => settings.set(ctx, {}, changes),
    },
  };
}
