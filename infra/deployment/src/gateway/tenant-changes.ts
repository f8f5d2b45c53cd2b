import { TenantChanged } from '@souk/accounts/contract';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';
import type { CachedTenantDirectory } from './tenant-directory.ts';

/** The events after which a cached tenant is outdated. Every gateway process receives all of them. */
export const TENANTS_READER: EventReader = {
  name: 'gateway.tenants',
  events: [TenantChanged],
  batchSize: 100,
  everyProcess: true,
};

/** Drops the cached look-ups of changed tenants, so that a new shop is reachable immediately. */
export function tenantChanges(directory: Pick<CachedTenantDirectory, 'forget' | 'forgetAll'>): EventConsumer {
  return {
    ...TENANTS_READER,
    async handle(envelopes) {
      for (const { data } of envelopes) directory.forget(TenantChanged.payload.parse(data));
    },
    missed: async () => directory.forgetAll(),
    park: async () => undefined, // cached look-ups also expire by age
  };
}
