import type { EntitySchema } from '@mikro-orm/postgresql';
import type { Scope } from '../context/index.ts';
import type { CommandClient, CommandHandler, EventEnvelope, RouteHandler } from '../contracts/index.ts';
import type { Clock } from '../domain/index.ts';
import type { FieldResolvers, GraphqlClasses, ReferenceResolvers, SubscriptionSources } from '../graphql/index.ts';
import type { AnyManifest, ReaderDeclaration } from '../manifest/index.ts';
import type { EventBus } from '../messaging/index.ts';
import type { Objects } from '../objects/index.ts';
import type { Transaction, UnitOfWork } from '../persistence/index.ts';
import type { Tracer } from '../tracing/index.ts';
import type { Logger } from './logger.ts';
import type { RecurringJob } from './recurring-jobs.ts';

/** The dependencies that a subgraph receives when it starts. */
export interface SubgraphDependencies<Schema, Settings> {
  readonly unitOfWork: UnitOfWork<Schema>;
  readonly commands: CommandClient;
  /** Opens feeds for GraphQL subscriptions. Background work uses subscribers instead. */
  readonly events: Pick<EventBus, 'feed'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Records spans for work of several steps. The spans of commands and events are recorded without it. Null when tracing is off. */
  readonly tracer: Tracer | null;
  /** The scopes of every subgraph of the deployment. */
  readonly scopes: readonly Scope[];
  /** The URL at which clients reach the deployment, without a trailing slash. Null while the server does not know it. */
  readonly publicUrl: () => string | null;
  /** The deployment's pictures and documents. Null in a process that has no store. */
  readonly objects: Objects | null;
  readonly settings: Settings;
}

/** An event and its data. The event's contract has parsed the data. */
export interface ReceivedEvent<Data> {
  readonly data: Data;
  readonly envelope: EventEnvelope;
}

/** Handles each event once, in a transaction of the event's tenant. */
export interface Subscriber<Schema, Data = unknown> {
  /** The reader that the manifest declares. */
  readonly reader: ReaderDeclaration<Data>;
  /**
   * Whether the subscriber handles an event with this data. Other events are skipped without a transaction.
   * @default every event is handled
   */
  concerns?(data: Data): boolean;
  /** Handles new events in their order. Events that were handled before are left out. */
  handle(tx: Transaction<Schema>, events: readonly ReceivedEvent<Data>[]): Promise<void>;
}

/** A metric of a subgraph's business, read at every scrape. */
export type SubgraphMeasure = { readonly name: string; readonly help: string } & (
  | { readonly kind: 'GAUGE'; read(): number | Promise<number> }
  /** A number that only grows while the process runs. The name ends in `_total`. */
  | { readonly kind: 'COUNT'; read(): number }
);

/** The instances that the code of a subgraph creates. */
export interface SubgraphInstance<Schema, Services> {
  /** One instance of every resolver class that the definition lists. */
  readonly resolvers: readonly object[];
  readonly references?: ReferenceResolvers;
  readonly subscriptions?: SubscriptionSources;
  /** Plain functions for fields that occur in every row of a list. See `FieldResolvers`. */
  readonly fields?: FieldResolvers;
  readonly commands?: readonly CommandHandler[];
  readonly routes?: readonly RouteHandler[];
  readonly subscribers?: readonly Subscriber<Schema>[];
  readonly jobs?: readonly RecurringJob[];
  /** Metrics of the server process. Workers have none. */
  readonly measures?: readonly SubgraphMeasure[];
  /** The services that the composition root may use: seeding, tenant lookup, keys. */
  readonly services: Services;
}

/** The code of a subgraph. Importing it does not open connections or read the environment. */
export interface SubgraphDefinition<Schema, Settings, Services> {
  /** The manifest. `create` must return the work that the manifest declares. See `startSubgraph`. */
  readonly manifest: AnyManifest;
  readonly entities: readonly EntitySchema[];
  readonly graphql: GraphqlClasses;
  create(dependencies: SubgraphDependencies<Schema, Settings>): SubgraphInstance<Schema, Services>;
}

export function defineSubgraph<Schema, Settings, Services>(
  definition: SubgraphDefinition<Schema, Settings, Services>,
): SubgraphDefinition<Schema, Settings, Services> {
  return definition;
}

/** Creates a subscriber that receives one event at a time. @param concerns see `Subscriber` */
export function subscriber<Schema, Data>(
  reader: ReaderDeclaration<Data>,
  handle: (tx: Transaction<Schema>, data: Data, envelope: EventEnvelope) => Promise<void>,
  concerns?: (data: Data) => boolean,
): Subscriber<Schema> {
  const { payload } = reader.event;
  const all = batchSubscriber<Schema, Data>(reader, async (tx, events) => {
    for (const { data, envelope } of events) await handle(tx, data, envelope);
  });
  return { ...all, ...(concerns && { concerns: (data) => concerns(payload.parse(data)) }) };
}

/** Creates a subscriber that receives batches. Meant for events that arrive in thousands. */
export function batchSubscriber<Schema, Data>(
  reader: ReaderDeclaration<Data>,
  handle: Subscriber<Schema, Data>['handle'],
): Subscriber<Schema> {
  const { payload } = reader.event;
  return {
    reader,
    handle: (tx, events) =>
      handle(
        tx,
        events.map(({ data, envelope }) => ({ data: payload.parse(data), envelope })),
      ),
  };
}
