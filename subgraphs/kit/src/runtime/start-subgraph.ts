import { fileURLToPath } from 'node:url';
import type { GraphQLSchema } from 'graphql';
import type { ClassType } from 'type-graphql';
import { systemContext, traceOf } from '../context/index.ts';
import type { CommandClient, CommandHandler, EventEnvelope } from '../contracts/index.ts';
import type { Clock } from '../domain/index.ts';
import { buildFederatedSchema } from '../graphql/index.ts';
import { UnpublishableEventsError, type EventBus, type EventConsumer } from '../messaging/index.ts';
import {
  claimUnhandled,
  cleanUpMessaging,
  DatabaseReadiness,
  openOrm,
  OutboxBacklog,
  OutboxRelay,
  parkEvent,
  poolCounts,
  UnitOfWork,
  type Backlog,
  type OrmOptions,
  type PoolCounts,
} from '../persistence/index.ts';
import { tracedCommands, tracedEvents, type Tracer } from '../tracing/index.ts';
import type { Logger } from './logger.ts';
import { RecurringJobs } from './recurring-jobs.ts';
import { RepeatedLines, textOf } from './repeated-lines.ts';
import type { SubgraphDefinition, SubgraphInstance, Subscriber } from './subgraph.ts';

/** What a subgraph runs on. */
export interface Platform {
  /** Connection string of one of the subgraph's roles. */
  databaseUrl(role: 'app' | 'relay'): string;
  readonly commands: CommandClient & { register(handlers: readonly CommandHandler[]): void };
  readonly events: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Records commands, events and what the subgraph traces itself. Default: nothing is recorded. */
  readonly tracer?: Tracer;
  /** Connections for requests. Default 10. */
  readonly poolSize?: number;
  /** Replaces pg's client, for instance by one that records its queries. */
  readonly Client?: NonNullable<OrmOptions['Client']>;
}

/** A subgraph that serves. */
export interface RunningSubgraph<Services> {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly services: Services;
  /** Starts the relay and the jobs. Call it when every subgraph's commands and subscribers are in place. */
  run(): void;
  /** Whether its database answers, takes writes, and has the tables of this version. */
  isReady(): Promise<boolean>;
  /** For metrics. */
  pool(): Promise<PoolCounts>;
  /** What is committed and not yet published, for metrics. @throws when Postgres does not answer. */
  backlog(): Promise<Backlog>;
  /** The time of its database's clock. @throws when Postgres does not answer. */
  databaseTime(): Promise<Date | null>;
  /** Ends jobs and relay; what they have under way, here and in other subgraphs, is finished first. Requests are still served. */
  drain(): Promise<void>;
  /**
   * Drains, and closes the connections. Of several in one process, drain all before the first is stopped: their jobs and relays
   * call each other.
   */
  stop(): Promise<void>;
}

const HOURLY = 3_600_000;

/** Brings a subgraph to life: connections, services, schema; its commands and subscribers are registered with the platform. */
export async function startSubgraph<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  platform: Platform,
  settings: Settings,
): Promise<RunningSubgraph<Services>> {
  const { name } = definition;
  const { clock, tracer = null } = platform;
  const commands = tracer ? tracedCommands(platform.commands, tracer) : platform.commands;
  const events = tracer ? tracedEvents(platform.events, tracer) : platform.events;
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
  const unitOfWork = new UnitOfWork<Schema>(orm, () => relay.wake());
  const instance = definition.create({ unitOfWork, commands, events, clock, logger, tracer, settings });
  const schema = await schemaOf(definition, instance);

  platform.commands.register(instance.commands ?? []);
  for (const each of instance.subscribers ?? []) events.consume(consumerOf(each, unitOfWork));

  const cleanUp = { name: `${name}.clean-up`, everyMs: HOURLY, run: async () => void (await cleanUpMessaging(orm)) };
  const migrations = { schema: name, directory: fileURLToPath(definition.migrations) };
  const readiness = new DatabaseReadiness(orm, migrations, (problem) =>
    problem === null
      ? logger.info('the database serves again, this process is ready')
      : logger.error({ problem }, 'the database does not serve, this process is not ready until it does'),
  );
  const backlog = new OutboxBacklog(platform.databaseUrl('relay'), name);
  const jobs = new RecurringJobs([...(instance.jobs ?? []), cleanUp], logger);

  let drained: Promise<void> | undefined;
  const drain = () => (drained ??= jobs.stop().then(() => relay.stop()));

  return {
    name,
    schema,
    services: instance.services,
    run() {
      relay.start();
      jobs.start();
    },
    isReady: () => readiness.check(),
    pool: () => poolCounts(orm),
    backlog: () => backlog.read(),
    databaseTime: () => backlog.databaseTime(),
    drain,
    async stop() {
      await drain();
      await Promise.all([orm.close(), backlog.close()]);
    },
  };
}

function relayTrouble(error: unknown): string {
  return error instanceof UnpublishableEventsError
    ? 'events that cannot be published are parked in outbox_event, the others are published; see park_reason there'
    : 'outbox relay batch failed, it is retried every half a second';
}

function schemaOf<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
  instance: SubgraphInstance<Schema, Services>,
): Promise<GraphQLSchema> {
  const instances = new Map(instance.resolvers.map((resolver) => [resolver.constructor, resolver]));
  return buildFederatedSchema(definition.graphql, {
    instanceOf<Resolver extends object>(type: ClassType<Resolver>): Resolver {
      const found = instances.get(type);
      if (!(found instanceof type)) throw new Error(`${definition.name} creates no instance of ${type.name}`);
      return found;
    },
    references: instance.references ?? {},
    subscriptions: instance.subscriptions ?? {},
    fields: instance.fields ?? {},
  });
}

/** Records the events in the inbox in the transaction of their effect: delivered twice, handled once. */
function consumerOf<Schema>(subscriber: Subscriber<Schema>, unitOfWork: UnitOfWork<Schema>): EventConsumer {
  const contextOf = ({ tenant_id, event_id, metadata }: EventEnvelope) =>
    systemContext(tenant_id, subscriber.name, metadata.correlation_id ?? event_id, traceOf(metadata));
  return {
    name: subscriber.name,
    events: [subscriber.event],
    ...(subscriber.batchSize !== undefined && { batchSize: subscriber.batchSize }),
    async handle(envelopes) {
      const [first] = envelopes;
      if (!first) return;
      await unitOfWork.run(contextOf(first), async (tx) => {
        const eventIds = envelopes.map(({ event_id }) => event_id);
        const unhandled = await claimUnhandled(tx, { consumer: subscriber.name, eventIds });
        const events = envelopes.filter(({ event_id }) => unhandled.has(event_id));
        if (events.length > 0)
          await subscriber.handle(
            tx,
            events.map((envelope) => ({ data: envelope.data, envelope })),
          );
      });
    },
    park: (envelope, error) =>
      unitOfWork.run(contextOf(envelope), (tx) => parkEvent(tx, subscriber.name, envelope, error)),
  };
}
