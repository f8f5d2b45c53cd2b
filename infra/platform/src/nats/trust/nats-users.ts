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

/** The data from which the NATS permissions of each kind of process are computed. */
export interface MessageCatalog extends EventCatalog {
  /** The names of all subgraphs. Each subgraph has a login, even without events and commands. */
  readonly subgraphs: readonly string[];
  readonly commands: readonly CommandDefinition[];
}

/**
 * A NATS login and its permitted subjects
 * (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization).
 */
export interface NatsUser {
  /** The name of the user: the name of a subgraph, `gateway`, or `migration`. */
  readonly name: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** The user of the migration and of `npm run events`. No other user may create, change and delete streams. */
export const MIGRATION_USER = 'migration';
/** The user of the gateway, which reads events but does not publish any. */
const GATEWAY_USER = 'gateway';

type Durable = Pick<Reading, 'stream' | 'durable'>;

/** The prefix of a user's inboxes, to which NATS delivers its replies. No other user can read under this prefix. */
export const inboxPrefixOf = (user: string) => `_INBOX.${user}`;

/**
 * Computes the users from the contracts, without I/O: one user for each kind of process, with its permissions.
 * @param partitions the number of partitions of the event streams, each of which has its own durable consumers
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

/** The subjects that a consumer needs to park dead letters and to count them for metrics. */
function deadLetterSubjects(name: string): readonly string[] {
  return [
    DEAD_LETTERS.subjects.replace('>', `${name}.>`),
    `$JS.API.STREAM.INFO.${DEAD_LETTERS.stream}`,
    '$JS.API.STREAM.NAMES',
  ];
}

/** The subjects for reading a stream's number of partitions and the progress of its consumers. */
function streamSubjects(stream: string): readonly string[] {
  return ['$JS.API.INFO', `$JS.API.STREAM.INFO.${stream}`, `$JS.API.CONSUMER.LIST.${stream}`];
}

/** The durable consumers of a reader, for its partitions, its replays and its turn messages. */
function durablesOf(reader: EventReader, partitions: number): readonly Durable[] {
  const readings = readingsOf(reader, () => partitions);
  const turns = isBatched(reader)
    ? readings.map(({ durable }) => ({ stream: TURNS.stream, durable: turnDurable(durable) }))
    : [];
  return [...readings, replayReading(reader.name), ...turns];
}

/** The subjects for reading from a durable consumer. They do not permit creating, changing or deleting it. */
function durableSubjects({ stream, durable }: Durable): readonly string[] {
  return [
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

/** The subjects for the temporary consumers that a process creates for itself. */
function tailSubjects(stream: string): readonly string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.>`,
    `$JS.API.CONSUMER.INFO.${stream}.*`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
    `$JS.API.CONSUMER.DELETE.${stream}.*`,
  ];
}
