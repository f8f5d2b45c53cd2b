import { SCOPES } from '@souk/deployment/roster';
import { openObjects } from '@souk/deployment/start';
import { createLogger, type Logger, type Platform } from '@souk/kit/runtime';
import type { Nats, NatsCommands, NatsEventBus } from '@souk/platform/nats';
import { openCommands, openEvents } from '../messaging/open-messaging.ts';
import { commandTrust, eventTrust } from '../messaging/trust.ts';
import { openTracing } from '../tracing.ts';
import type { ProcessEnvironment } from './environment.ts';

/** Postgres, NATS and the object store, as the infrastructure of a subgraph's process. */
export interface ProcessPlatform {
  readonly platform: Platform;
  readonly nats: Nats;
  readonly events: NatsEventBus;
  readonly commands: NatsCommands;
  /** Closes all connections. The subgraph must have stopped before. */
  close(): Promise<void>;
}

/** Creates the logger of a process. Each line contains the name of the process. */
export function loggerOf({ serving, process }: ProcessEnvironment): Logger {
  return createLogger({ level: serving.logLevel }).child({ process: process.name });
}

/** Connects to Postgres and NATS. Waits until NATS answers. */
export async function openPlatform(
  environment: ProcessEnvironment,
  { logger, clock }: Pick<Platform, 'logger' | 'clock'>,
): Promise<ProcessPlatform> {
  const { process, database, messages, publicUrl } = environment;
  const connecting = { server: environment.nats, name: process.name, logger };
  const feeds = process.kind === 'server' ? process.manifest.feeds : [];
  const { nats, events } = await openEvents({ ...connecting, trust: eventTrust(messages), feeds });
  const { nats: commandNats, commands } = await openCommands(connecting, commandTrust(messages, clock));
  const tracing = await openTracing(environment.serving.tracing, process.name, logger);
  const objects = await openObjects({ ...environment.objects, publicUrl: () => publicUrl });
  return {
    platform: {
      databaseUrl: database.url,
      poolSize: database.poolSize,
      commands,
      events,
      ...tracing.part,
      clock,
      logger,
      scopes: SCOPES,
      publicUrl: () => publicUrl,
      ...(objects && { objects }),
    },
    nats,
    events,
    commands,
    async close() {
      await Promise.all([nats.close(), commandNats.close(), tracing.stop()]);
    },
  };
}
