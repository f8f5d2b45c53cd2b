import { err, failure, ok, type Failure, type Result } from '@souk/kit/domain';
import { codeInvalid, isCode } from '../code.ts';

/** The maximum number of channels of a shop. */
export const MAX_CHANNELS = 100;

/** The settings of a sales channel. */
export interface ChannelSettings {
  /** Clients send the code as `X-Channel`. */
  readonly code: string;
  readonly name: string;
  /** Requests for an inactive channel are refused. */
  readonly active: boolean;
  /** Whether requests without `X-Channel` belong to the channel. */
  readonly isDefault: boolean;
}

/** The settings of a new channel as staff enter them. */
export interface ChannelDraft {
  readonly code: string;
  readonly name: string;
  /** @default true */
  readonly active?: boolean | null;
  /** @default true for the first channel of the shop, otherwise false */
  readonly isDefault?: boolean | null;
}

/** The settings of a new channel. The first channel of a shop is the default. @param channels the number of channels of the shop */
export function newChannel(draft: ChannelDraft, channels: number): Result<ChannelSettings, Failure> {
  if (channels >= MAX_CHANNELS) return err(tooManyChannels());
  const { code, name } = draft;
  const isDefault = channels === 0 || (draft.isDefault ?? false);
  return checked({ code, name, active: draft.active ?? true, isDefault });
}

/** The changed settings. A shop always keeps its default channel until another channel becomes the default. */
export function changeChannel(
  channel: ChannelSettings,
  changes: Partial<ChannelSettings>,
): Result<ChannelSettings, Failure> {
  const changed = { ...channel, ...changes };
  if (channel.isDefault && !changed.isDefault) return err(defaultRequired('isDefault'));
  return checked(changed);
}

/** Whether a channel may be deleted. @param channels the number of channels of the shop */
export function checkDeletion({ isDefault }: ChannelSettings, channels: number): Result<void, Failure> {
  return isDefault && channels > 1 ? err(defaultRequired('id')) : ok(undefined);
}

function checked(settings: ChannelSettings): Result<ChannelSettings, Failure> {
  if (!isCode(settings.code)) return err(codeInvalid());
  if (settings.isDefault && !settings.active) return err(defaultInactive());
  return ok(settings);
}

function defaultInactive(): Failure {
  const rule = 'The default channel of a shop must be active: make another channel the default first';
  return failure('CHANNEL_IS_DEFAULT', rule, ['active']);
}

function defaultRequired(field: string): Failure {
  const rule = 'This is the default channel of the shop: make another channel the default first';
  return failure('CHANNEL_IS_DEFAULT', rule, [field]);
}

function tooManyChannels(): Failure {
  return failure(
    'CHANNEL_LIMIT_REACHED',
    `A shop has at most ${MAX_CHANNELS} channels; delete one that is not used any more`,
  );
}
