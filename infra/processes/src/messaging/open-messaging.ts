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
  /** Signs and verifies events. */
  readonly trust: EventTrust;
  /** Name of the process in NATS' monitoring. */
  readonly name: string;
  /** The events for the subscriptions of this process. See `NatsEventBusOptions`. */
  readonly feeds: readonly EventDefinition[];
  readonly logger: Logger;
}

/** The event bus of a process, and its connection. */
export interface EventMessaging {
  readonly nats: Nats;
  readonly events: NatsEventBus;
}

/** The log message when the stream of a consumer cannot be read. A failing event has another message. */
const UNREAD =
  'events cannot be read, retrying every second: create missing streams and consumers with npm run serve -- migrate';

const NOT_STORING =
  'NATS does not store events, they wait in Postgres: free space on its disk or raise its limits, then restart a server before 2.10';

/** Opens the event bus. Waits for NATS, because processes and servers may start in any order. */
export async function openEvents({ server, trust, name, feeds, logger }: MessagingOptions): Promise<EventMessaging> {
  const nats = await connected(server, name, logger);
  const lines = new RepeatedLines(); // each consumer retries every second
  const events = new NatsEventBus({
    nats,
    trust,
    feeds,
    onError: (error, consumer, envelope) =>
      envelope
        ? logger.warn({ error, consumer, ...eventLogIds(envelope) }, 'event not handled, it is retried or parked')
        : lines.write(textOf(error), (omitted) => logger.warn({ error, consumer, ...omitted }, UNREAD)),
    onStoring: (isStoring, error) =>
      isStoring ? logger.warn('NATS stores events again') : logger.error({ error }, NOT_STORING),
  });
  return { nats, events };
}

/** The command client and server of a process, and its connection. */
export interface CommandMessaging {
  readonly nats: Nats;
  readonly commands: NatsCommands;
}

/**
 * Opens a separate connection for commands. When its disk is full, NATS stops reading from connections that publish events. Commands do not
 * need the disk.
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
        'command failed unexpectedly or was refused, its caller received an error',
      ),
  });
  return { nats, commands };
}

function connected(server: NatsServer, name: string, logger: Logger): Promise<Nats> {
  return connectNats({
    ...server,
    name,
    waitForServer: true,
    onError: (error) => logger.warn({ error, connection: name }, 'NATS connection lost or in error, reconnecting'),
    onReconnect: () => logger.info({ connection: name }, 'NATS connection restored'),
  });
}
