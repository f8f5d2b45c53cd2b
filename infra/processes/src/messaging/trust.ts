import type { Clock } from '@souk/kit/domain';
import { sealedCommands, signedEvents, type EventTrust, type NatsCommandsOptions } from '@souk/platform/nats';
import type { MessageTrust } from '../message-trust-variables.ts';
import { sharedSecretSeal } from './context-seal.ts';

/** Events are signed by their subgraph; unsigned ones are believed only while an update goes on. */
export function eventTrust({ keys, sharedSecret }: MessageTrust): EventTrust {
  return signedEvents({ keys, acceptsUnsigned: sharedSecret !== null });
}

/** Commands are sealed by their sender; tokens of the shared secret are understood only while an update goes on. */
export function commandTrust(
  { keys, sharedSecret }: MessageTrust,
  clock: Clock,
): Pick<NatsCommandsOptions, 'trust' | 'unsealed'> {
  const unsealed = sharedSecret === null ? null : sharedSecretSeal(sharedSecret, clock);
  return { trust: sealedCommands(keys, clock), unsealed };
}
