import { RequestLoader } from '@souk/kit/graphql';
import type { CatalogUnitOfWork } from '../database.ts';
import { findReferencedChannels, type StoredChannel } from './channel.repository.ts';

/** Loads the channels of orders and carts in one batch per request. */
export function channelLoader(unitOfWork: CatalogUnitOfWork): RequestLoader<string, StoredChannel> {
  return new RequestLoader(async (ctx, ids) => {
    const found = await unitOfWork.quickRead(ctx, (tx) => findReferencedChannels(tx, ids));
    return new Map(found.map((channel) => [channel.id, channel]));
  });
}
