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

/** The data that decides the permissions of each kind of process on NATS. */
export interface MessageCatalog extends EventCatalog {
  /** Names of all subgraphs. Each has a login, even without events and commands. */
  readonly subgraphs: readonly string[];
  readonly commands: readonly CommandDefinition[];
}

/**
 * A NATS login and its permitted subjects
 * (https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization).
 */
export interface NatsUser {
  /** A subgraph, `gateway`, or `migration`. */
  readonly name: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** The user of the migration and of `npm run events`: the only one that may create, change and delete streams. */
export const MIGRATION_USER = 'migration';
/** The user of the gateway, which reads events and publishes none. */
const GATEWAY_USER = 'gateway';

type Durable = Pick<Reading, 'stream' | 'durable'>;

/** Each user receives answers under its own prefix, so that no other user can read them. */
export const inboxPrefixOf = (user: string) => `_INBOX.${user}`;

/**
 * One user for each kind of process, with permissions derived from the contracts without I/O.
 * @param partitions the number of partitions of the event streams: a user reads the durable of each
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

/** Subjects for a consumer's dead letters, and for their number in metrics. */
function deadLetterSubjects(name: string): readonly string[] {
  return [
    DEAD_LETTERS.subjects.replace('>', `${name}.>`),
    `$JS.API.STREAM.INFO.${DEAD_LETTERS.stream}`,
    '$JS.API.STREAM.NAMES',
  ];
}

/** Subjects for the number of partitions of a stream and the progress of its consumers. */
function streamSubjects(stream: string): readonly string[] {
  return ['$JS.API.INFO', `$JS.API.STREAM.INFO.${stream}`, `$JS.API.CONSUMER.LIST.${stream}`];
}

/** The durables of a reader: one for each partition, its replays, and its turns. */
function durablesOf(reader: EventReader, partitions: number): readonly Durable[] {
  const readings = readingsOf(reader, () => partitions);
  const turns = isBatched(reader)
    ? readings.map(({ durable }) => ({ stream: TURNS.stream, durable: turnDurable(durable) }))
    : [];
  return [...readings, replayReading(reader.name), ...turns];
}

/** Subjects for reading a durable that the migration created; none for creating, changing or deleting one. */
function durableSubjects({ stream, durable }: Durable): readonly string[] {
  return [
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

/** Subjects for consumers that a process creates for itself and that end with the process. */
function tailSubjects(stream: string): readonly string[] {
  return [
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.>`,
    `$JS.API.CONSUMER.INFO.${stream}.*`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
    `$JS.API.CONSUMER.DELETE.${stream}.*`,
  ];
}
