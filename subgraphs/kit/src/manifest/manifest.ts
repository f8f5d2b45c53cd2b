import { z } from 'zod';
import type { Scope } from '../context/index.ts';
import type { CommandDefinition, EventDefinition } from '../contracts/index.ts';
import type { EventReader } from '../messaging/index.ts';
import { commandsOf, eventsOf, scopesOf, type Contract, type Named } from './contract-parts.ts';

/** The kind of process that does a piece of work. */
export type ProcessKind = 'server' | 'worker';

/** Events that a subgraph reads in the background. */
export interface ReaderDeclaration<Data = unknown> {
  /** `<subgraph>.<what it does>`. Renaming it handles old events again. */
  readonly name: string;
  readonly event: EventDefinition<Data>;
  /** How many events it takes at once, at most. @default 1 */
  readonly batchSize?: number;
  /** @default 'server' */
  readonly runsIn?: ProcessKind;
}

/** Work that is due again and again. */
export interface JobDeclaration {
  /** `<subgraph>.<what it does>` */
  readonly name: string;
  /** @default 'server' */
  readonly runsIn?: ProcessKind;
}

/**
 * A second kind of process of a subgraph, for deliveries and long jobs: it answers no GraphQL and no commands, so slow work delays no
 * request. It runs the jobs and readers that are declared for it, and the clean-up of the subgraph's messaging tables.
 */
export interface WorkerDeclaration {
  /** The port of its health and metrics, where the environment names no other. */
  readonly port: number;
  /** How many connections to Postgres it opens, at most. */
  readonly poolSize: number;
}

/** What a subgraph is, as data: importing a manifest opens nothing and loads neither MikroORM nor type-graphql. */
export interface SubgraphManifest<Name extends string = string, Definition = unknown> {
  /** Also its Postgres schema and the prefix of its roles. */
  readonly name: Name;
  /** The port of its process, where the environment names no other. */
  readonly port: number;
  /** Folder of its SQL files. */
  readonly migrations: URL;
  /** The scopes that it enforces. */
  readonly scopes: readonly Named<Scope>[];
  /** The events that it publishes. */
  readonly events: readonly Named<EventDefinition>[];
  /** The commands that it answers. */
  readonly commands: readonly Named<CommandDefinition>[];
  readonly readers: readonly ReaderDeclaration[];
  /** The events that its GraphQL subscriptions show. */
  readonly feeds: readonly EventDefinition[];
  readonly jobs: readonly JobDeclaration[];
  readonly settings: z.ZodObject;
  readonly secrets: z.ZodObject;
  /** Null: it has a server alone. */
  readonly worker: WorkerDeclaration | null;
  /** Loads its code. */
  load(): Promise<Definition>;
}

/** The manifest of any subgraph, without its code. */
export type AnyManifest = Omit<SubgraphManifest, 'load'>;

/** What the author of a manifest writes; the contract says which scopes, events and commands there are. */
export interface ManifestSource<Name extends string, Definition>
  extends
    Pick<SubgraphManifest<Name, Definition>, 'name' | 'port' | 'migrations' | 'load'>,
    Partial<Pick<SubgraphManifest, 'readers' | 'feeds' | 'jobs' | 'settings' | 'secrets' | 'worker'>> {
  /** All that `contract.ts` exports. */
  readonly contract: Contract;
}

/** Declares a subgraph. @throws TypeError for a name that belongs to another subgraph, and for work of a worker that there is not. */
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
  };
  requireOwnNames(manifest);
  return manifest;
}

/** Declares a reader; `subscriber` and `batchSubscriber` of kit/runtime say what it does with an event. */
export function defineReader<Data>(reader: ReaderDeclaration<Data>): ReaderDeclaration<Data> {
  return reader;
}

/** How an event bus knows the reader. */
export function eventReaderOf({ name, event, batchSize }: ReaderDeclaration): EventReader {
  return { name, events: [event], ...(batchSize !== undefined && { batchSize }) };
}

function requireOwnNames({ name, events, commands, readers, jobs, worker }: AnyManifest): void {
  const names = [
    ...events.map(({ definition }) => definition.subject),
    ...commands.map((command) => command.definition.name),
    ...[...readers, ...jobs].map((each) => each.name),
  ];
  const foreign = names.find((each) => !each.startsWith(`${name}.`));
  if (foreign !== undefined)
    throw new TypeError(`The manifest of ${name} declares "${foreign}", which does not begin with "${name}."`);
  const homeless = [...readers, ...jobs].find(({ runsIn }) => runsIn === 'worker' && worker === null);
  if (homeless) throw new TypeError(`"${homeless.name}" runs in a worker, and the manifest of ${name} declares none`);
}
