import { z } from 'zod';
import type { Scope } from '../context/index.ts';
import type { CommandDefinition, EventDefinition, RouteDefinition } from '../contracts/index.ts';
import type { EventReader } from '../messaging/index.ts';
import { commandsOf, eventsOf, routesOf, scopesOf, type Contract, type Named } from './contract-declarations.ts';
import type { ProcessKind } from './process-kind.ts';
import { secretsGivenTo } from './secret-files.ts';

/** Declares that a subgraph processes events of one kind in the background. */
export interface ReaderDeclaration<Data = unknown> {
  /** The name, `<subgraph>.<what it does>`. A reader with a new name processes all stored events again. */
  readonly name: string;
  readonly event: EventDefinition<Data>;
  /** Maximum number of events in one batch. @default 1 */
  readonly batchSize?: number;
  /** @default 'server' */
  readonly runsIn?: ProcessKind;
}

/** Declares work that a subgraph repeats at an interval. */
export interface JobDeclaration {
  /** The name, `<subgraph>.<what it does>`. */
  readonly name: string;
  /** @default 'server' */
  readonly runsIn?: ProcessKind;
}

/**
 * A second kind of process of a subgraph, for deliveries and long jobs. A worker does not serve GraphQL or commands, so its slow work
 * cannot delay a request. It runs the jobs and readers that are declared for it, and the clean-up of the subgraph's messaging tables.
 */
export interface WorkerDeclaration {
  /** The default port for health and metrics. */
  readonly port: number;
  /** Maximum number of connections to Postgres. */
  readonly poolSize: number;
}

/** A subgraph as plain data. Importing a manifest is cheap: it does not load MikroORM, type-graphql or the subgraph's code. */
export interface SubgraphManifest<Name extends string = string, Definition = unknown> {
  /** The name of the subgraph and of its Postgres schema, and the prefix of its roles. */
  readonly name: Name;
  /** The default port of the subgraph's process. */
  readonly port: number;
  /** The folder of the subgraph's SQL files. */
  readonly migrations: URL;
  /** The scopes that the subgraph enforces. */
  readonly scopes: readonly Named<Scope>[];
  /** The events that the subgraph publishes. */
  readonly events: readonly Named<EventDefinition>[];
  /** The commands that the subgraph handles. */
  readonly commands: readonly Named<CommandDefinition>[];
  /** The routes that the processes of the subgraph serve beside GraphQL. */
  readonly routes: readonly Named<RouteDefinition>[];
  readonly readers: readonly ReaderDeclaration[];
  /** The events that the subgraph's GraphQL subscriptions deliver. */
  readonly feeds: readonly EventDefinition[];
  readonly jobs: readonly JobDeclaration[];
  readonly settings: z.ZodObject;
  readonly secrets: z.ZodObject;
  /** The worker. Null when the subgraph has only a server. */
  readonly worker: WorkerDeclaration | null;
  /** Imports the subgraph's resolvers, services and entities. */
  load(): Promise<Definition>;
}

/** The manifest of any subgraph, without its code. */
export type AnyManifest = Omit<SubgraphManifest, 'load'>;

/** The input of `defineManifest`. Scopes, events, commands and routes are read from the contract. */
export interface ManifestSource<Name extends string, Definition>
  extends
    Pick<SubgraphManifest<Name, Definition>, 'name' | 'port' | 'migrations' | 'load'>,
    Partial<Pick<SubgraphManifest, 'readers' | 'feeds' | 'jobs' | 'settings' | 'secrets' | 'worker'>> {
  readonly contract: Contract;
}

/**
 * Declares a subgraph.
 * @throws TypeError when a name has the prefix of another subgraph, or when work runs in a worker that is not declared
 */
export function defineManifest<const Name extends string, Definition>(
  source: ManifestSource<Name, Definition>,
): SubgraphManifest<Name, Definition> {
  const { contract, ...declared } = source;
  const nothing = z.object({});
  const manifest = {
    readers: [],
    feeds: [],
    jobs: [],
    settings: nothing,
    secrets: nothing,
    worker: null,
    ...declared,
    scopes: scopesOf(contract),
    events: eventsOf(contract),
    commands: commandsOf(contract),
    routes: routesOf(contract),
  };
  requireOwnNames(manifest);
  return manifest;
}

/** Declares a reader. `subscriber` and `batchSubscriber` of kit/runtime connect the declaration to the code that processes the events. */
export function defineReader<Data>(reader: ReaderDeclaration<Data>): ReaderDeclaration<Data> {
  return reader;
}

/** Converts the declaration of a reader to the form that an event bus takes. */
export function eventReaderOf({ name, event, batchSize }: ReaderDeclaration): EventReader {
  return { name, events: [event], ...(batchSize !== undefined && { batchSize }) };
}

function requireOwnNames({ name, events, commands, readers, jobs, secrets, worker }: AnyManifest): void {
  const names = [
    ...events.map(({ definition }) => definition.subject),
    ...commands.map((command) => command.definition.name),
    ...[...readers, ...jobs].map((each) => each.name),
  ];
  const foreign = names.find((each) => !each.startsWith(`${name}.`));
  if (foreign !== undefined)
    throw new TypeError(
      `The manifest of ${name} declares "${foreign}", which does not begin with "${name}.". Rename it, or declare it in the manifest of its own subgraph`,
    );
  const homeless = [...readers, ...jobs].find(({ runsIn }) => runsIn === 'worker' && worker === null);
  if (homeless)
    throw new TypeError(
      `The manifest of ${name} declares no worker, but "${homeless.name}" runs in one. Declare a worker, or remove runsIn`,
    );
  const [given] = worker === null ? secretsGivenTo('worker', { secrets }) : [];
  if (given)
    throw new TypeError(
      `The manifest of ${name} declares no worker, but gives "${given.key}" to one. Declare a worker, or remove givenTo`,
    );
}
