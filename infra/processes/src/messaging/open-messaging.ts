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
import { RepeatedLines, textOf, type Logger } from '@souk/kit/runtime';
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

const NOT_STORING =
  'NATS does not store events, they wait in Postgres: free space on its disk or raise its limits; a server before 2.10 has to be restarted then';

/** Connects; waits for a server that is not there yet, because processes and servers start in any order. */
export async function openEvents({ server, trust, name, feeds, logger }: MessagingOptions): Promise<EventMessaging> {
  const nats = await connected(server, name, logger);
  const lines = new RepeatedLines(); // each consumer tries again every second
  const events = new NatsEventBus({
    nats,
    trust,
    feeds,
    onError: (error, consumer, envelope) =>
      envelope
        ? logger.warn({ error, consumer, ...eventLogIds(envelope) }, 'event not handled yet')
        : lines.write(textOf(error), (omitted) => logger.warn({ error, consumer, ...omitted }, UNREAD)),
    onStoring: (isStoring, error) =>
      isStoring ? logger.warn('NATS stores events again') : logger.error({ error }, NOT_STORING),
  });
  return { nats, events };
}

/** Commands between subgraphs. */
export interface CommandMessaging {
  readonly nats: Nats;
  readonly commands: NatsCommands;
}

/**
 * Connects for commands alone: a server whose disk is full does not read on from a connection that publishes events, and commands need
 * no disk.
 */
export async function openCommands(
  { server, name, logger }: Pick<MessagingOptions, 'server' | 'name' | 'logger'>,
  { trust, unsealed }: Pick<NatsCommandsOptions, 'trust' | 'unsealed'>,
): Promise<CommandMessaging> {
  const nats = await connected(server, `${name} commands`, logger);
  const commands = new NatsCommands({
    nats,
    trust,
    unsealed: unsealed ?? null,
    onError: (error, command, context) =>
      logger.error(
        { error, command, ...(context && logIds(context)) },
        'a command failed unexpectedly, or was refused',
      ),
  });
  return { nats, commands };
}

function connected(server: NatsServer, name: string, logger: Logger): Promise<Nats> {
  return connectNats({
    ...server,
    name,
    waitForServer: true,
    onError: (error) => logger.warn({ error, connection: name }, 'NATS is away, or complains'),
    onReconnect: () => logger.info({ connection: name }, 'NATS is there again'),
  });
}
