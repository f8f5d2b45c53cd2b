import { requireScope, systemContext, type RequestContext } from '@souk/kit/context';
import { eventOf } from '@souk/kit/contracts';
import { changeable, ok, type Clock, type Failure, type PageRequest, type Result } from '@souk/kit/domain';
import { mutate, type ChangeInput, type KeysetPage, type MutationInput } from '@souk/kit/persistence';
import { CATALOG_MUTATION } from '../catalog-mutation.ts';
import { ChannelChanged, ChannelsRead, ChannelsWrite } from '../contract.ts';
import type { CatalogTransaction, CatalogUnitOfWork } from '../database.ts';
import { ChannelEntity } from './channel.entity.ts';
import {
  findAllChannels,
  findChannelPage,
  findChannels,
  lockChannels,
  type StoredChannel,
} from './channel.repository.ts';
import { changeChannel, checkDeletion, newChannel, type ChannelDraft, type ChannelSettings } from './channel.ts';

type Change = 'CREATED' | 'UPDATED' | 'DELETED';
const CHANNEL_MUTATION = { ...CATALOG_MUTATION, scope: ChannelsWrite } as const;

/** Manages the tenant's sales channels. Changes need `channels:write` and return the id of the channel. */
export class ChannelService {
  readonly #unitOfWork: CatalogUnitOfWork;
  readonly #clock: Clock;

  constructor(unitOfWork: CatalogUnitOfWork, clock: Clock) {
    this.#unitOfWork = unitOfWork;
    this.#clock = clock;
  }

  /** @throws AccessDeniedError without `channels:read` */
  page(ctx: RequestContext, page: PageRequest): Promise<Result<KeysetPage<StoredChannel>, Failure>> {
    requireScope(ctx, ChannelsRead);
    return this.#unitOfWork.read(ctx, (tx) => findChannelPage(tx, page));
  }

  /** Finds a channel. Null when it is unknown. @throws AccessDeniedError without `channels:read` */
  find(ctx: RequestContext, key: 'id' | 'code', value: string): Promise<StoredChannel | null> {
    requireScope(ctx, ChannelsRead);
    return this.#find(ctx, key, value);
  }

  /**
   * Reads the changed channel for the payload of a mutation. Null when it was deleted meanwhile.
   * @throws AccessDeniedError without `channels:write`
   */
  changed(ctx: RequestContext, id: string): Promise<StoredChannel | null> {
    requireScope(ctx, ChannelsWrite);
    return this.#find(ctx, 'id', id);
  }

  /** All channels of a tenant, for the gateway, which identifies the channel of each request. */
  all(tenantId: string): Promise<StoredChannel[]> {
    return this.#unitOfWork.read(systemContext(tenantId, 'channels', tenantId), findAllChannels);
  }

  async #find(ctx: RequestContext, key: 'id' | 'code', value: string): Promise<StoredChannel | null> {
    const [found] = await this.#unitOfWork.read(ctx, (tx) => findChannels(tx, key, [value]));
    return found ?? null;
  }

  create(ctx: RequestContext, input: MutationInput, draft: ChannelDraft): Promise<Result<string, Failure>> {
    const mutation = { ...CHANNEL_MUTATION, operation: 'channelCreate', input: { ...input, draft } };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const channels = await lockChannels(tx);
      const settings = newChannel(draft, channels.length);
      if (!settings.ok) return settings;
      if (settings.value.isDefault) await endDefault(tx, channels);
      const { id } = tx.em.create(ChannelEntity, settings.value);
      await tx.em.flush();
      tx.outbox.append(changed(id, 'CREATED'));
      return ok(id);
    });
  }

  update(ctx: RequestContext, input: ChangeInput, changes: Partial<ChannelSettings>): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'channelUpdate', { ...input, ...changes }, 'UPDATED', async (tx, channel, channels) => {
      const { code, name, active, isDefault } = channel;
      const settings = changeChannel({ code, name, active, isDefault }, changes);
      if (!settings.ok) return settings;
      const others = channels.filter(({ id }) => id !== channel.id);
      if (settings.value.isDefault) await endDefault(tx, others);
      Object.assign(channel, settings.value);
      return ok(undefined);
    });
  }

  /** Deletes a channel. Orders and carts keep the channel. Price lists and promotions for only this channel no longer apply. */
  delete(ctx: RequestContext, input: ChangeInput): Promise<Result<string, Failure>> {
    return this.#edit(ctx, 'channelDelete', input, 'DELETED', async (_tx, channel, channels) => {
      const deletion = checkDeletion(channel, channels.length);
      if (!deletion.ok) return deletion;
      channel.deletedAt = this.#clock.now();
      return ok(undefined);
    });
  }

  #edit(
    ctx: RequestContext,
    operation: string,
    input: ChangeInput,
    change: Change,
    work: (
      tx: CatalogTransaction,
      channel: ChannelEntity,
      channels: readonly ChannelEntity[],
    ) => Promise<Result<void, Failure>>,
  ): Promise<Result<string, Failure>> {
    const mutation = { ...CHANNEL_MUTATION, operation, input };
    return mutate(this.#unitOfWork, ctx, mutation, async (tx): Promise<Result<string, Failure>> => {
      const channels = await lockChannels(tx);
      const wanted = input.id.toLowerCase();
      const found = changeable(channels.find(({ id }) => id === wanted) ?? null, input, 'channel');
      if (!found.ok) return found;
      const channel = found.value;
      const done = await work(tx, channel, channels);
      if (!done.ok) return done;
      channel.updatedAt = this.#clock.now(); // the version also increases when nothing changes
      await tx.em.flush();
      tx.outbox.append(changed(channel.id, change));
      return ok(channel.id);
    });
  }
}

/** Saves that these channels are not the default, before another channel becomes it: a unique index allows one. */
async function endDefault({ em }: CatalogTransaction, channels: readonly ChannelEntity[]): Promise<void> {
  for (const channel of channels) channel.isDefault = false;
  await em.flush();
}

function changed(channelId: string, change: Change) {
  return eventOf(ChannelChanged, channelId, { channelId, change });
}
