import type { RequestContext } from '@souk/kit/context';
import type { Failure, Result } from '@souk/kit/domain';
import {
  ForScope,
  PageArgs,
  presentConnection,
  valueOrThrow,
  type ReferenceResolvers,
  type RequestLoader,
} from '@souk/kit/graphql';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { ChannelsRead, ChannelsWrite } from '../contract.ts';
import { oneKey } from '../one-key.inputs.ts';
import { deletePayload, entityPayload } from '../payload.types.ts';
import { referenceById } from '../reference-by-id.loader.ts';
import { respond } from '../user-errors.ts';
import { ChannelCreateInput, ChannelDeleteInput, ChannelUpdateInput } from './channel.inputs.ts';
import type { StoredChannel } from './channel.repository.ts';
import type { ChannelSettings } from './channel.ts';
import type { ChannelService } from './channel.service.ts';
import { ChannelConnection, ChannelType } from './channel.types.ts';

const ChannelCreatePayload = entityPayload('ChannelCreate', 'channel', ChannelType);
const ChannelUpdatePayload = entityPayload('ChannelUpdate', 'channel', ChannelType);
const ChannelDeletePayload = deletePayload('ChannelDelete');

const same = (channel: StoredChannel): ChannelType => channel;

/** The settings that the input sets. Fields that are undefined are removed. */
function changesOf(input: ChannelUpdateInput): Partial<ChannelSettings> {
  const { id: _id, expectedVersion: _version, idempotencyKey: _key, ...changes } = input;
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

@Resolver(() => ChannelType)
export class ChannelResolver {
  readonly #channels: ChannelService;

  constructor(channels: ChannelService) {
    this.#channels = channels;
  }

  @ForScope(ChannelsRead)
  @Query(() => ChannelConnection, { nullable: true, description: 'The sales channels of the shop, by code.' })
  async channels(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: RequestContext) {
    return presentConnection(valueOrThrow(await this.#channels.page(ctx, page)), same);
  }

  @ForScope(ChannelsRead)
  @Query(() => ChannelType, { nullable: true, description: 'By id or by code: pass exactly one of them.' })
  channel(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('code', () => String, { nullable: true }) code: string | null,
    @Ctx() ctx: RequestContext,
  ) {
    return this.#channels.find(ctx, ...oneKey({ id, code }));
  }

  @ForScope(ChannelsWrite)
  @Mutation(() => ChannelCreatePayload, {
    nullable: true,
    description: 'Adds a sales channel. The first channel of a shop is the default.',
  })
  channelCreate(@Arg('input', () => ChannelCreateInput) input: ChannelCreateInput, @Ctx() ctx: RequestContext) {
    const { idempotencyKey = null, ...draft } = input;
    return this.#respond(ctx, input, () => this.#channels.create(ctx, { idempotencyKey }, draft));
  }

  @ForScope(ChannelsWrite)
  @Mutation(() => ChannelUpdatePayload, {
    nullable: true,
    description: 'Changes a sales channel. Requests with the code belong to the changed channel within ten seconds.',
  })
  channelUpdate(@Arg('input', () => ChannelUpdateInput) input: ChannelUpdateInput, @Ctx() ctx: RequestContext) {
    return this.#respond(ctx, input, () => this.#channels.update(ctx, input, changesOf(input)));
  }

  @ForScope(ChannelsWrite)
  @Mutation(() => ChannelDeletePayload, {
    nullable: true,
    description: 'Deletes a sales channel. Price lists and promotions for no other channel no longer apply.',
  })
  channelDelete(@Arg('input', () => ChannelDeleteInput) input: ChannelDeleteInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#channels.delete(ctx, input),
      (deletedId) => ({ deletedId }),
    );
  }

  #respond(ctx: RequestContext, input: object, work: () => Promise<Result<string, Failure>>) {
    return respond(input, work, (id) => ({ channel: this.#channels.changed(ctx, id) }));
  }
}

/** Loads channels that other subgraphs reference. */
export function channelReferences(loader: RequestLoader<string, StoredChannel>): ReferenceResolvers {
  return {
    Channel: referenceById(loader, same),
  };
}
