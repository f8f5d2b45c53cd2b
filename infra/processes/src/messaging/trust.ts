import type { Clock } from '@souk/kit/domain';
import { sealedCommands, signedEvents, type EventTrust, type NatsCommandsOptions } from '@souk/platform/nats';
import type { MessageTrust } from '../message-trust-variables.ts';
import { sharedSecretSeal } from './context-seal.ts';

/** Signs and verifies events with the key of each subgraph. Unsigned events are accepted only during an update. */
export function eventTrust({ keys, sharedSecret }: MessageTrust): EventTrust {
  return signedEvents({ keys, acceptsUnsigned: sharedSecret !== null });
}

/** Seals and verifies commands with the key of each subgraph. Tokens of the shared secret are accepted only during an update. */
export function commandTrust(
  { keys, sharedSecret }: MessageTrust,
  clock: Clock,
): Pick<NatsCommandsOptions, 'trust' | 'unsealed'> {
  const unsealed = sharedSecret === null ? null : sharedSecretSeal(sharedSecret, clock);
  return { trust: sealedCommands(keys, clock), unsealed };
}
