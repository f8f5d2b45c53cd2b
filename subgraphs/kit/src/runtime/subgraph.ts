import type { EntitySchema } from '@mikro-orm/postgresql';
import type { CommandClient, CommandHandler, EventDefinition, EventEnvelope } from '../contracts/index.ts';
import type { Clock } from '../domain/index.ts';
import type { FieldResolvers, GraphqlClasses, ReferenceResolvers, SubscriptionSources } from '../graphql/index.ts';
import type { EventBus } from '../messaging/index.ts';
import type { Transaction, UnitOfWork } from '../persistence/index.ts';
import type { Tracer } from '../tracing/index.ts';
import type { Logger } from './logger.ts';
import type { RecurringJob } from './recurring-jobs.ts';

/** What a subgraph is given when it starts. */
export interface SubgraphParts<Schema, Settings> {
  readonly unitOfWork: UnitOfWork<Schema>;
  /** Asks other subgraphs. */
  readonly commands: CommandClient;
  /** For the sources of subscriptions; everything else goes through subscribers. */
  readonly events: Pick<EventBus, 'feed'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For work of several steps; commands and events are traced anyway. Null when nothing is. */
  readonly tracer: Tracer | null;
  readonly settings: Settings;
}

/** An event and its data, parsed by its contract. */
export interface ReceivedEvent<Data> {
  readonly data: Data;
  readonly envelope: EventEnvelope;
}

/** Handles events once each, in a transaction of their tenant. */
export interface Subscriber<Schema, Data = unknown> {
  /** `<subgraph>.<what it does>`. Renaming it handles old events again. */
  readonly name: string;
  readonly event: EventDefinition<Data>;
  /** How many it takes at once, at most. Default 1. */
  readonly batchSize?: number;
  /** The events are in order, and none was handled before. */
  handle(tx: Transaction<Schema>, events: readonly ReceivedEvent<Data>[]): Promise<void>;
}

/** The parts of a subgraph, alive. */
export interface SubgraphInstance<Schema, Services> {
  /** One instance of every resolver class that the definition lists. */
  readonly resolvers: readonly object[];
  readonly references?: ReferenceResolvers;
  readonly subscriptions?: SubscriptionSources;
  /** Fields of which lists show many. */
  readonly fields?: FieldResolvers;
  readonly commands?: readonly CommandHandler[];
  readonly subscribers?: readonly Subscriber<Schema>[];
  readonly jobs?: readonly RecurringJob[];
  /** What the composition root may use: seeding, tenant lookup, keys. */
  readonly services: Services;
}

/** A subgraph as data: importing it opens nothing and reads no environment. */
export interface SubgraphDefinition<Schema, Settings, Services> {
  /** Also its Postgres schema and the prefix of its roles. */
  readonly name: string;
  /** Folder of its SQL files. */
  readonly migrations: URL;
  readonly entities: readonly EntitySchema[];
  readonly graphql: GraphqlClasses;
  create(parts: SubgraphParts<Schema, Settings>): SubgraphInstance<Schema, Services>;
}

export function defineSubgraph<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
): SubgraphDefinition<Schema, Settings, Services> {
  return definition;
}

/** A subscriber to one event at a time. */
export function subscriber<Schema, Data>(definition: {
  readonly name: string;
  readonly event: EventDefinition<Data>;
  readonly handle: (tx: Transaction<Schema>, data: Data, envelope: EventEnvelope) => Promise<void>;
}): Subscriber<Schema> {
  return batchSubscriber<Schema, Data>({
    ...definition,
    batchSize: 1,
    async handle(tx, events) {
      for (const { data, envelope } of events) await definition.handle(tx, data, envelope);
    },
  });
}

/** A subscriber to many events at a time, for what comes in thousands. */
export function batchSubscriber<Schema, Data>(definition: Subscriber<Schema, Data>): Subscriber<Schema> {
  const { event } = definition;
  return {
    ...definition,
    event,
    handle: (tx, events) =>
      definition.handle(
        tx,
        events.map(({ data, envelope }) => ({ data: event.payload.parse(data), envelope })),
      ),
  };
}
