import { eventLogIds, logIds } from '@souk/kit/context';
import type { EventDefinition } from '@souk/kit/contracts';
import {
  NatsCommands,
  NatsEventBus,
  type EventTrust,
  type Nats,
  type NatsCommandsOptions,
  type NatsServer,
} from '@souk/platform/nats';
import type { Logger } from '@souk/kit/runtime';
import { connectNats } from './connect-nats.ts';

export interface MessagingOptions {
  readonly server: NatsServer;
  /** How events are signed and checked. */
  readonly trust: EventTrust;
  /** Of the process, for NATS' monitoring. */
  readonly name: string;
  /** What subscriptions of this process show: see `NatsEventBusOptions`. */
  readonly feeds: readonly EventDefinition[];
  readonly logger: Logger;
}

/** Events between processes. */
export interface EventMessaging {
  readonly nats: Nats;
  readonly events: NatsEventBus;
}

/** Of a consumer, not of an event. */
const UNREAD = 'events cannot be read yet; npm run serve -- migrate makes the streams and consumers that are missing';

/** Connects; waits for a server that is not there yet, because processes and servers start in any order. */
export async function openEvents({ server, trust, name, feeds, logger }: MessagingOptions): Promise<EventMessaging> {
  const nats = await connectNats({
    ...server,
    name,
    waitForServer: true,
    onError: (error) => logger.warn({ error }, 'NATS is away, or complains'),
    onReconnect: () => logger.info('NATS is there again'),
  });
  const events = new NatsEventBus({
    nats,
    trust,
    feeds,
    onError: (error, consumer, envelope) =>
      logger.warn(
        { error, consumer, ...(envelope && eventLogIds(envelope)) },
        envelope ? 'event not handled yet' : UNREAD,
      ),
  });
  return { nats, events };
}

/** Commands between subgraphs, over a connection that is there. */
export function openCommands(
  nats: Nats,
  { trust, unsealed }: Pick<NatsCommandsOptions, 'trust' | 'unsealed'>,
  logger: Logger,
): NatsCommands {
  return new NatsCommands({
    nats,
    trust,
    unsealed: unsealed ?? null,
    onError: (error, command, context) =>
      logger.error(
        { error, command, ...(context && logIds(context)) },
        'a command failed unexpectedly, or was refused',
      ),
  });
}
