import type { CommandDefinition } from '@souk/kit/contracts';
import type { EventReader } from '@souk/kit/messaging';
import { DEFAULT_PARTITIONS } from '../partitions.ts';
import { commandSubject, DEAD_LETTERS, publishedBy, publisherOf, PROCESSES, streamOf, TURNS } from '../subjects.ts';
import {
  isBatched,
  readingsOf,
  replayReading,
  streamsOf,
  turnDurable,
  type EventCatalog,
  type Reading,
} from '../topology.ts';

/** Everything that decides what a kind of process may do on NATS. */
export interface MessageCatalog extends EventCatalog {
  /** Each has a login, also one that publishes, reads, sends and answers nothing. */
  readonly subgraphs: readonly string[];
  readonly commands: readonly CommandDefinition[];
}

/** A login of NATS, and the subjects that it may use (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization). */
export interface NatsUser {
  /** A subgraph, `gateway`, or `migration`. */
  readonly name: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** The user of the migration and of `npm run events`: the only one that may make, change and delete streams. */
export const MIGRATION_USER = 'migration';
/** A process that reads events and publishes none. */
const GATEWAY_USER = 'gateway';

type Durable = Pick<Reading, 'stream' | 'durable'>;

/** Answers reach a process under a prefix of its own, so that no other user can read or overhear them. */
export const inboxPrefixOf = (user: string) => `_INBOX.${user}`;

/**
 * One user for each kind of process, with what the contracts say that it publishes, reads, sends and answers. Pure.
 * @param partitions of the streams of events: a user reads the durable of each.
 */
export function natsUsers(catalog: MessageCatalog, partitions = DEFAULT_PARTITIONS): readonly NatsUser[] {
  return [
    ...catalog.subgraphs.toSorted().map((name) => processUser(name, catalog, partitions)),
    processUser(GATEWAY_USER, catalog, partitions),
    { name: MIGRATION_USER, publish: ['>'], subscribe: ['>'] },
  ];
}

function processUser(name: string, { events, readers, commands }: MessageCatalog, partitions: number): NatsUser {
  const own = readers.filter((reader) => ownerOf(reader.name) === name);
  const shared = own.filter(({ everyProcess }) => !everyProcess);
  const publishes = events.some(({ subject }) => publisherOf(subject) === name);
  const tailed = new Set([
    ...own.filter(({ everyProcess }) => everyProcess).flatMap(streamsOf),
    ...(publishes ? [streamOf(name)] : []), // subscriptions show a subgraph's own events
  ]);
  const read = new Set([...shared.flatMap(streamsOf), ...tailed]);
  const durables = shared.flatMap((reader) => durablesOf(reader, partitions));
  const publish = [
    ...(publishes ? [publishedBy(name)] : []),
    ...commands.filter(({ callers }) => callers.includes(name)).map(commandSubject),
    ...(shared.length > 0 ? deadLetterSubjects(name) : []),
    ...[...read].flatMap(streamSubjects),
    ...durables.flatMap(durableSubjects),
    ...[...tailed].flatMap(tailSubjects),
  ];
  const answered = commands.filter((command) => ownerOf(command.name) === name).map(commandSubject);
  return {
    name,
    publish: [...new Set(publish)].toSorted(),
    subscribe: [`${inboxPrefixOf(name)}.>`, PROCESSES, ...answered],
  };
}

const ownerOf = (name: string) => name.split('.')[0] ?? name;

/** A consumer's dead letters, and their number for metrics. */
function deadLetterSubjects(name: string): readonly string[] {
  return [
    DEAD_LETTERS.subjects.replace('>', `${name}.>`),
    `$JS.API.STREAM.INFO.${DEAD_LETTERS.stream}`,
    '$JS.API.STREAM.NAMES',
  ];
}

/** How many partitions a stream has, and how far its consumers are. */
function streamSubjects(stream: string): readonly string[] {
  return ['$JS.API.INFO', `$JS.API.STREAM.INFO.${stream}`, `$JS.API.CONSUMER.LIST.${stream}`];
}

/** The durables of a reader: of each partition, of its replays, and of its turns. */
function durablesOf(reader: EventReader, partitions: number): readonly Durable[] {
  const readings = readingsOf(reader, () => partitions);
  const turns = isBatched(reader)
    ? readings.map(({ durable }) => ({ stream: TURNS.stream, durable: turnDurable(durable) }))
    : [];
  return [...readings, replayReading(reader.name), ...turns];
}

/** Reading a durable that the migration made; not making, changing or deleting it. */
function durableSubjects({ stream, durable }: Durable): readonly string[] {
  return [
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

/** Consumers that a process makes for itself and that end with it. */
function tailSubjects(stream: string): readonly string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.>`,
    `$JS.API.CONSUMER.INFO.${stream}.*`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
    `$JS.API.CONSUMER.DELETE.${stream}.*`,
  ];
}
