import type { RequestContext } from '@souk/kit/context';
import type { ChannelService } from './channel.service.ts';
import type { ChannelDraft } from './channel.ts';

/** Imports sales channels for a tenant. */
export class ChannelImport {
  readonly #channels: ChannelService;

  constructor(channels: ChannelService) {
    this.#channels = channels;
  }

  /**
   * Creates channels. A channel whose code exists is not changed.
   * @returns the ids of the tenant's channels by code
   * @throws Error for an invalid channel. The caller must check its data first.
   */
  async import(ctx: RequestContext, channels: readonly ChannelDraft[]): Promise<ReadonlyMap<string, string>> {
    for (const channel of channels) {
      const created = await this.#channels.create(ctx, {}, channel);
      if (!created.ok && created.error.code !== 'CODE_TAKEN')
        throw new Error(`Channel ${channel.code}: ${created.error.message}`);
    }
    const stored = await this.#channels.all(ctx.tenantId);
    return new Map(stored.map(({ id, code }) => [code, id]));
  }
}
