import { eventLogIds } from '@souk/kit/context';
import type { CommandClient } from '@souk/kit/contracts';
import { systemClock } from '@souk/kit/domain';
import { InProcessCommands, InProcessEventBus, type EventBus } from '@souk/kit/messaging';
import type { ProcessKind } from '@souk/kit/manifest';
import type { Objects } from '@souk/kit/objects';
import {
  startSubgraph,
  startWorker,
  type Logger,
  type Platform,
  type RunningSubgraph,
  type RunningWorker,
  type SubgraphDefinition,
} from '@souk/kit/runtime';
import type { Tracer } from '@souk/kit/tracing';
import { loadCode } from '../roster/load-code.ts';
import { ROSTER, SCOPES, type RosterManifest, type SubgraphName } from '../roster/roster.ts';
import { secretsOf, type Secrets } from './secrets.ts';

type CodeOf<Name extends SubgraphName> = Awaited<ReturnType<Extract<RosterManifest, { readonly name: Name }>['load']>>;
type SettingsOf<Name extends SubgraphName> =
  CodeOf<Name> extends SubgraphDefinition<infer _Schema, infer Settings, infer _Services> ? Settings : never;
type ServicesOf<Name extends SubgraphName> =
  CodeOf<Name> extends SubgraphDefinition<infer _Schema, infer _Settings, infer Services> ? Services : never;

/** The objects and settings that the subgraphs of one process use. */
export interface SubgraphsOptions {
  /** Connection string of a Postgres role. `prepareSchemas` must have created the role. */
  databaseUrl(role: string): string;
  readonly secrets: Secrets;
  readonly logger: Logger;
  /** @default no tracing */
  readonly tracer?: Tracer;
  /** URL of Souk for clients: see `Platform` of kit/runtime. */
  readonly publicUrl?: () => string | null;
  /** The store of pictures and documents. @default none */
  readonly objects?: Objects;
  /** Settings in addition to the secrets: see the manifests. @default none */
  readonly settings?: { readonly [Name in SubgraphName]?: Partial<SettingsOf<Name>> };
}

type SubgraphsByName = { readonly [Name in SubgraphName]: RunningSubgraph<ServicesOf<Name>> };

/** The subgraphs of one process, with their shared bus. */
export interface Subgraphs extends SubgraphsByName {
  readonly all: readonly RunningSubgraph<unknown>[];
  /** The running workers. Only some subgraphs have a worker. */
  readonly workers: readonly RunningWorker[];
  /** The event bus for consumers outside of the subgraphs, such as the gateway. */
  readonly events: Pick<EventBus, 'consume'>;
  readonly commands: CommandClient;
  stop(): Promise<void>;
}

/** Starts every subgraph and every worker in this process. Commands and events are delivered in memory. */
export async function startSubgraphs(options: SubgraphsOptions): Promise<Subgraphs> {
  const commands = new InProcessCommands();
  const events = inProcessEvents(options.logger);
  const all: RunningSubgraph<unknown>[] = [];
  const workers: RunningWorker[] = [];
  for (const manifest of ROSTER) {
    const code = await loadCode(manifest);
    const platform = platformOf(manifest.name, options, { commands, events });
    const settingsOf = (kind: ProcessKind) => ({
      ...secretsOf(manifest, options.secrets, kind),
      ...options.settings?.[manifest.name],
    });
    all.push(await startSubgraph(code, platform, settingsOf('server')));
    if (manifest.worker) workers.push(await startWorker(code, platform, settingsOf('worker')));
  }
  const running = [...all, ...workers];
  // `run` starts recoveries and relays, which send commands and events. It must follow the registration of all handlers and subscribers.
  for (const each of running) each.run();
  // The cast is safe, because each entry was loaded from the manifest with the same name.
  const byName = Object.fromEntries(all.map((each) => [each.name, each])) as unknown as SubgraphsByName;
  return {
    ...byName,
    all,
    workers,
    events,
    commands,
    stop: async () => {
      await Promise.all(running.map((each) => each.drain()));
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

function inProcessEvents(logger: Logger): InProcessEventBus {
  return new InProcessEventBus({
    onError: (error, consumer, envelope) =>
      logger.warn({ error, consumer, ...eventLogIds(envelope) }, 'event not handled, it is retried or parked'),
  });
}

function platformOf(
  name: SubgraphName,
  { databaseUrl, logger, tracer, publicUrl, objects }: SubgraphsOptions,
  shared: Pick<Platform, 'commands' | 'events'>,
): Platform {
  return {
    ...shared,
    databaseUrl: (role) => databaseUrl(`${name}_${role}`),
    clock: systemClock,
    logger,
    scopes: SCOPES,
    ...(publicUrl && { publicUrl }),
    ...(tracer && { tracer }),
    ...(objects && { objects }),
  };
}
