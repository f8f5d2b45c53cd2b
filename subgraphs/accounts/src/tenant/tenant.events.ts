import { eventOf } from '@souk/kit/contracts';
import { TenantChanged } from '../contract.ts';

/** The facts about a shop that its events contain. */
export interface PublishedTenant {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly defaultCurrency: string | null;
  readonly defaultLocale: string | null;
  readonly countryCode: string | null;
}

export type TenantChange = 'CREATED' | 'UPDATED';

export function tenantChanged({ id: tenantId, hosts, ...tenant }: PublishedTenant, change: TenantChange) {
  const { slug, name, defaultCurrency, defaultLocale, countryCode } = tenant;
  const defaults = { defaultCurrency, defaultLocale, countryCode };
  return eventOf(TenantChanged, tenantId, { tenantId, slug, name, hosts: [...hosts], ...defaults, change });
}
