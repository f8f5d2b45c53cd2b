import { fileURLToPath } from 'node:url';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { GraphQLSchema } from 'graphql';
import type { ClassType } from 'type-graphql';
import type { Scope } from '../context/index.ts';
import type { CommandClient, CommandRegistry, EventEnvelope, RouteHandler } from '../contracts/index.ts';
import type { Clock } from '../domain/index.ts';
import { buildFederatedSchema } from '../graphql/index.ts';
import type { AnyManifest, ProcessKind } from '../manifest/index.ts';
import { UnpublishableEventsError, type EventBus } from '../messaging/index.ts';
import type { Objects } from '../objects/index.ts';
import {
  claimsInDatabase,
  cleanUpMessaging,
  DatabaseReadiness,
  forgetPublishedEvents,
  openOrm,
  OutboxBacklog,
  OutboxRelay,
  UnitOfWork,
  type Backlog,
  type OrmOptions,
} from '../persistence/index.ts';
import { tracedCommands, tracedEvents, type Tracer } from '../tracing/index.ts';
import type { Logger } from './logger.ts';
import { eventConsumer } from './event-consumer.ts';
import { requireAgreement } from './manifest-agreement.ts';
import { RecurringJobs, type RecurringJob } from './recurring-jobs.ts';
import { RepeatedLines, textOf } from './repeated-lines.ts';
import { runningWorker, type RunningWorker } from './running-worker.ts';
import type { SubgraphDefinition, SubgraphInstance, SubgraphMeasure } from './subgraph.ts';

/** The infrastructure that a subgraph runs on. */
export interface Platform {
  /** Connection string for one of the subgraph's roles. */
  databaseUrl(role: 'app' | 'relay'): string;
  readonly commands: CommandClient & CommandRegistry;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Records spans for commands, events and the subgraph's own steps. @default no tracing */
  readonly tracer?: Tracer;
  /** The scopes of every subgraph of the deployment. @default the scopes of the subgraph itself */
  readonly scopes?: readonly Scope[];
  /** The URL at which clients reach the deployment, without a trailing slash. Null while it is unknown. @default null */
  readonly publicUrl?: () => string | null;
  /** The deployment's pictures and documents. @default null: pictures and documents are not available */
  readonly objects?: Objects;
  /** Maximum number of connections to Postgres. @default 10, and for a worker the number that its manifest declares */
  readonly poolSize?: number;
  /** Replaces pg's client, for instance with one that records its queries. */
  readonly Client?: NonNullable<OrmOptions['Client']>;
}

/** A running subgraph that serves requests. */
export interface RunningSubgraph<Services> extends RunningWorker {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  /** The routes that the subgraph's process serves beside GraphQL. */
  readonly routes: readonly RouteHandler[];
  readonly measures: readonly SubgraphMeasure[];
  /** Returns the number of events that are committed and not yet published, for metrics. @throws Error when Postgres does not answer */
  backlog(): Promise<Backlog>;
}

const HOURLY = 3_600_000;
const EVERY_MINUTE = 60_000;

/**
 * Starts a subgraph: opens connections, creates services and schema, and registers its commands and subscribers with the platform.
 * @throws Error when the subgraph creates other commands, routes, readers or jobs than its manifest declares
 */
export async function startSubgraph<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  platform: Platform,
  settings: Settings,
): Promise<RunningSubgraph<Services>> {
  const { instance, running, backlog, orm } = await startProcess(definition, platform, settings, 'server');
  const schema = await schemaOf(definition, instance);
  platform.commands.register(instance.commands ?? [], claimsInDatabase(orm));
  const { services, routes = [], measures = [] } = instance;
  return { ...running, schema, services, routes, measures, backlog: () => backlog.read() };
}

/**
 * Starts the worker of a subgraph. See `WorkerDeclaration`.
 * @throws Error when the manifest declares no worker, and in the cases of `startSubgraph`
 */
export async function startWorker<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  platform: Platform,
  settings: Settings,
): Promise<RunningWorker> {
  const { name, worker } = definition.manifest;
  if (!worker)
    throw new Error(`The manifest of ${name} declares no worker. Add a worker to the manifest, or do not start one`);
  return (await startProcess(definition, { poolSize: worker.poolSize, ...platform }, settings, 'worker')).running;
}

interface StartedProcess<Schema, Services> {
  readonly instance: SubgraphInstance<Schema, Services>;
  readonly running: RunningWorker;
  readonly backlog: OutboxBacklog;
  readonly orm: MikroORM;
}

async function startProcess<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  platform: Platform,
  settings: Settings,
  kind: ProcessKind,
): Promise<StartedProcess<Schema, Services>> {
  const { name } = definition.manifest;
  const events = platform.tracer ? tracedEvents(platform.events, platform.tracer) : platform.events;
  const logger = platform.logger.child({ subgraph: name });
  const orm = await openOrm({
    url: platform.databaseUrl('app'),
    schema: name,
    entities: definition.entities,
    ...(platform.poolSize !== undefined && { poolSize: platform.poolSize }),
    ...(platform.Client && { Client: platform.Client }),
  });
  const lines = new RepeatedLines();
  const relay = new OutboxRelay({
    url: platform.databaseUrl('relay'),
    schema: name,
    publish: (envelopes: readonly EventEnvelope[]) => events.publish(envelopes),
    onError: (error: unknown) =>
      lines.write(textOf(error), (omitted) => logger.error({ error, ...omitted }, relayTrouble(error))),
  });
  const unitOfWork = new UnitOfWork<Schema>(orm, { onEvents: () => relay.wake() });
  const instance = createInstance(definition, { ...platform, events, logger }, unitOfWork, settings);
  for (const each of instance.subscribers ?? [])
    if (runsIn(each.reader, kind)) events.consume(eventConsumer(each, unitOfWork));
  const jobs = new RecurringJobs(jobsOf(definition.manifest, instance, orm, kind), logger);
  const backlog = new OutboxBacklog(platform.databaseUrl('relay'), name);
  const work = { orm, relay, backlog, jobs, readiness: readinessOf(definition.manifest, orm, logger) };
  return { instance, backlog, orm, running: runningWorker(kind === 'worker' ? `${name}-worker` : name, work) };
}

function readinessOf({ name, migrations }: AnyManifest, orm: MikroORM, logger: Logger): DatabaseReadiness {
  return new DatabaseReadiness(orm, { schema: name, directory: fileURLToPath(migrations) }, (problem) =>
    problem === null
      ? logger.info('the database serves again, this subgraph is ready')
      : logger.error(
          { problem },
          'the database does not serve, this subgraph is not ready; see problem, it is checked again at the next health check',
        ),
  );
}

/** Creates the instance of a subgraph. @throws Error when the created work differs from the manifest */
function createInstance<Schema, Settings, Services>(
  { manifest, create }: SubgraphDefinition<Schema, Settings, Services>,
  platform: Platform,
  unitOfWork: UnitOfWork<Schema>,
  settings: Settings,
): SubgraphInstance<Schema, Services> {
  const { clock, logger, tracer = null } = platform;
  const instance = create({
    unitOfWork,
    commands: tracer ? tracedCommands(platform.commands, tracer) : platform.commands,
    events: declaredFeeds(manifest, platform.events),
    clock,
    logger,
    tracer,
    scopes: platform.scopes ?? manifest.scopes.map(({ definition }) => definition),
    publicUrl: platform.publicUrl ?? (() => null),
    objects: platform.objects ?? null,
    settings,
  });
  requireAgreement(manifest, {
    commands: instance.commands ?? [],
    routes: instance.routes ?? [],
    subscribers: instance.subscribers ?? [],
    jobs: instance.jobs ?? [],
    hasSubscriptions: Object.keys(instance.subscriptions ?? {}).length > 0,
  });
  return instance;
}

/** The jobs of a process. The clean-up is long work, so it runs in the worker when the subgraph has one. */
function jobsOf<Schema, Services>(
  { name, jobs, worker }: AnyManifest,
  instance: SubgraphInstance<Schema, Services>,
  orm: MikroORM,
  kind: ProcessKind,
): RecurringJob[] {
  const here = (instance.jobs ?? []).filter((job) => jobs.some((each) => each.name === job.name && runsIn(each, kind)));
  const cleanUp = { name: `${name}.clean-up`, everyMs: HOURLY, run: async () => void (await cleanUpMessaging(orm)) };
  // This job also runs in the server. Otherwise an installation without a worker would keep published events without a limit.
  const forget = {
    name: `${name}.forget-published`,
    everyMs: EVERY_MINUTE,
    run: async () => void (await forgetPublishedEvents(orm)),
  };
  return kind === (worker ? 'worker' : 'server')
    ? [...here, cleanUp, forget]
    : kind === 'server'
      ? [...here, forget]
      : here;
}

/** Permits only feeds of events that the manifest declares, because a broker prepares only the feeds of declared events. */
function declaredFeeds({ name, feeds }: AnyManifest, events: EventBus): Pick<EventBus, 'feed'> {
  return {
    feed(definition, filter) {
      if (!feeds.includes(definition))
        throw new Error(
          `The manifest of ${name} declares no feed of ${definition.subject}. Add the event to its feeds`,
        );
      return events.feed(definition, filter);
    },
  };
}

const runsIn = (declared: { readonly runsIn?: ProcessKind }, kind: ProcessKind) =>
  (declared.runsIn ?? 'server') === kind;

function relayTrouble(error: unknown): string {
  return error instanceof UnpublishableEventsError
    ? 'outbox relay parked events that the bus cannot take, the others are published; see outbox_event.park_reason'
    : 'outbox relay batch failed, retrying in 500 ms';
}

function schemaOf<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  instance: SubgraphInstance<Schema, Services>,
): Promise<GraphQLSchema> {
  const instances = new Map(instance.resolvers.map((resolver) => [resolver.constructor, resolver]));
  return buildFederatedSchema(definition.graphql, {
    instanceOf<Resolver extends object>(type: ClassType<Resolver>): Resolver {
      const found = instances.get(type);
      if (!(found instanceof type))
        throw new Error(
          `${definition.manifest.name} creates no instance of ${type.name}. Return one in \`resolvers\` of \`create\``,
        );
      return found;
    },
    references: instance.references ?? {},
    subscriptions: instance.subscriptions ?? {},
    fields: instance.fields ?? {},
  });
}
