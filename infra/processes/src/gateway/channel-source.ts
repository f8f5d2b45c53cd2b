import { ChannelsRoute } from '@souk/catalog/contract';
import type { ChannelSource } from '@souk/deployment/gateway';
import { routeClient, type RouteClientOptions } from './route-client.ts';

/** Reads sales channels from the processes of the catalog. @throws SubgraphUnavailableError when none answers */
export function channelSource(options: RouteClientOptions): ChannelSource {
  const ask = routeClient('catalog', options);
  return { channelsOf: async (tenant) => (await ask(ChannelsRoute, { tenant })).channels };
}
