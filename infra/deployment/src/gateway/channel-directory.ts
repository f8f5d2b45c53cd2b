import { ChannelChanged } from '@souk/catalog/contract';
import type { ChannelDirectory } from '@souk/gateway';
import type { EventConsumer, EventReader } from '@souk/kit/messaging';
import { remembered } from './remembered.ts';

/** Finds the sales channels of a tenant in the catalog subgraph, without a cache. */
export interface ChannelSource {
  channelsOf(tenantId: string): Promise<readonly FoundChannel[]>;
}

interface FoundChannel {
  readonly id: string;
  readonly code: string;
  readonly active: boolean;
  readonly isDefault: boolean;
}

/** A directory whose cached channels can be dropped. */
export interface CachedChannelDirectory extends ChannelDirectory {
  /** Drops the cached channels of a tenant, which changed. */
  forget(tenantId: string): void;
  /** Drops all cached channels. */
  forgetAll(): void;
}

/** The directory of sales channels, cached in memory because the gateway uses it on every request. */
export function channelDirectory(catalog: ChannelSource): CachedChannelDirectory {
  const byTenant = remembered(async (tenantId) => idsByCode(await catalog.channelsOf(tenantId)));
  return {
    channelOf: async (tenantId, code) => (await byTenant.get(tenantId)).get(code) ?? null,
    forget: byTenant.forget,
    forgetAll: byTenant.clear,
  };
}

/** The ids of the active channels. The default channel also has the key null. */
function idsByCode(channels: readonly FoundChannel[]): ReadonlyMap<string | null, string> {
  const active = channels.filter((channel) => channel.active);
  return new Map(
    active.flatMap(({ id, code, isDefault }) => [[code, id] as const, ...(isDefault ? [[null, id] as const] : [])]),
  );
}

/** The event after which cached channels are outdated. Every gateway process receives all of them. */
export const CHANNELS_READER: EventReader = {
  name: 'gateway.channels',
  events: [ChannelChanged],
  batchSize: 100,
  everyProcess: true,
};

/** Drops the cached channels of tenants whose channels changed, so that a new channel works at once. */
export function channelChanges(directory: Pick<CachedChannelDirectory, 'forget' | 'forgetAll'>): EventConsumer {
  return {
    ...CHANNELS_READER,
    async handle(envelopes) {
      for (const { tenant_id } of envelopes) directory.forget(tenant_id);
    },
    missed: async () => directory.forgetAll(),
    park: async () => undefined, // cached channels also expire by age
  };
}
