import type { Clock } from '@souk/kit/domain';
import { sealedCommands, signedEvents, type EventTrust, type NatsCommandsOptions } from '@souk/platform/nats';
import type { MessageTrust } from '../message-trust-variables.ts';
import { sharedSecretSeal } from './context-seal.ts';

/** The trust between publishers and consumers. Each subgraph signs its events. Unsigned events are accepted during an update only. */
export function eventTrust({ keys, sharedSecret }: MessageTrust): EventTrust {
  return signedEvents({ keys, acceptsUnsigned: sharedSecret !== null });
}

/**
 * The trust between senders and receivers of commands. Each sender seals its commands. Tokens of the shared secret are accepted during an
 * update only.
 */
export function commandTrust(
  { keys, sharedSecret }: MessageTrust,
  clock: Clock,
): Pick<NatsCommandsOptions, 'trust' | 'unsealed'> {
  const unsealed = sharedSecret === null ? null : sharedSecretSeal(sharedSecret, clock);
  return { trust: sealedCommands(keys, clock), unsealed };
}
