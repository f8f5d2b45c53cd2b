import type { CommandDefinition, EventDefinition, EventEnvelope } from '@souk/kit/contracts';

/** The parts of an event's definition that its subject contains. */
export type EventName = Pick<EventDefinition, 'subject' | 'version'>;

const ROOT = 'souk';
/** First tokens of Souk's internal subjects. A subgraph cannot have one of these names. */
const TAKEN = new Set(['commands', 'dead-letters', 'processes', 'replays', 'turns']);

/** The subgraph that publishes an event. @throws Error for a subject that is not `<subgraph>.<aggregate>.<past tense>`. */
export function publisherOf(subject: string): string {
  const tokens = subject.split('.');
  const [publisher] = tokens;
  if (tokens.length !== 3 || !publisher || tokens.some((token) => !/^[\w-]+$/.test(token)) || TAKEN.has(publisher)) {
    throw new Error(`Event type "${subject}" must be <subgraph>.<aggregate>.<past tense>, like orders.order.placed`);
  }
  return publisher;
}

/**
 * The subject of an event: `souk.orders.order.placed.v1.7`. The last token is the partition of its aggregate. The events of one partition
 * are handled one after the other, in any process.
 */
export function subjectOf({ event_type, version, aggregate_id }: EventEnvelope, partitions: number): string {
  return `${ROOT}.${event_type}.v${version}.${partitionOf(aggregate_id, partitions)}`;
}

/**
 * The partition of an aggregate, by the hash FNV-1a. The hash is the same in every process and version, and distributes random ids evenly.
 */
export function partitionOf(aggregateId: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < aggregateId.length; index++) {
    hash = Math.imul(hash ^ aggregateId.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}

/** The subject filter for one version of an event, in every partition. */
export function eventSubject({ subject, version }: EventName): string {
  return `${ROOT}.${subject}.v${version}.*`;
}

/**
 * Returns the narrowest single filter that matches all of these events, in every version. The events belong to one subgraph. One filter is
 * needed because NATS before 2.10 supports only one filter subject per consumer. The reader skips further events that match the filter.
 * @param partition null for all partitions
 */
export function filterOf(subjects: readonly string[], partition: number | null): string {
  const [first, ...others] = subjects.map((subject) => subject.split('.'));
  if (!first) throw new Error('A consumer must name at least one event');
  const common = first.map((token, place) => (others.every((tokens) => tokens[place] === token) ? token : '*'));
  return [ROOT, ...common, '*', partition ?? '*'].join('.');
}

/** The subject filter for every event of a subgraph. */
export const publishedBy = (publisher: string) => `${ROOT}.${publisher}.>`;

/** The name of the stream of a subgraph's events: `SOUK_ORDERS`. */
export const streamOf = (publisher: string) => `SOUK_${publisher.toUpperCase()}`;

export const DEAD_LETTERS = { stream: 'SOUK_DEAD_LETTERS', subjects: `${ROOT}.dead-letters.>` } as const;
export const REPLAYS = { stream: 'SOUK_REPLAYS', subjects: `${ROOT}.replays.>` } as const;
export const TURNS = { stream: 'SOUK_TURNS', subjects: `${ROOT}.turns.>` } as const;

export const deadLetterSubject = (consumer: string) => `${ROOT}.dead-letters.${consumer}`;
export const replaySubject = (consumer: string) => `${ROOT}.replays.${consumer}`;
export const turnSubject = (durable: string) => `${ROOT}.turns.${durable}`;

/** The subject on which the migration finds running processes. */
export const PROCESSES = `${ROOT}.processes`;

/** The name of a durable consumer. NATS does not allow dots in it. */
export const durableOf = (...tokens: readonly (string | number)[]) => tokens.join('_').replaceAll('.', '_');

/** The subject of a command: `souk.commands.inventory.reserve.v1`. */
export function commandSubject({ name, version }: Pick<CommandDefinition, 'name' | 'version'>): string {
  return `${ROOT}.commands.${name}.v${version}`;
}
