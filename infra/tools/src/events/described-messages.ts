import { commandSubject, eventSubject } from '@souk/platform/nats';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import type { DeclaredMessages } from '@souk/deployment/roster';

/** An event, with everything that the generated documents show. */
export interface DescribedEvent {
  readonly title: string;
  readonly description: string;
  readonly publisher: string;
  /** The name of the event: `orders.order.placed`. */
  readonly type: string;
  readonly version: number;
  /** The NATS subject, with `*` for the partition. */
  readonly subject: string;
  readonly payload: JsonSchema;
  readonly consumers: readonly string[];
}

/** A command, with everything that the generated documents show. */
export interface DescribedCommand {
  readonly title: string;
  readonly description: string;
  readonly answeredBy: string;
  readonly name: string;
  readonly version: number;
  readonly subject: string;
  readonly request: JsonSchema;
  readonly reply: JsonSchema;
  readonly idempotent: boolean;
  readonly callers: readonly string[];
}

export interface DescribedMessages {
  readonly events: readonly DescribedEvent[];
  readonly commands: readonly DescribedCommand[];
}

/**
 * Describes events and commands, sorted by name. The order is stable, so the generated documents change only where a
 * contract changes.
 */
export function describeMessages(
  { events, commands, readers }: DeclaredMessages,
  comments: ReadonlyMap<string, string>,
): DescribedMessages {
  const about = (title: string) => ({ title, description: comments.get(title) ?? '' });
  return {
    events: events
      .map(({ name, definition }) => ({
        ...about(name),
        publisher: ownerOf(definition.subject),
        type: definition.subject,
        version: definition.version,
        subject: eventSubject(definition),
        payload: jsonSchemaOf(definition.payload),
        consumers: readers
          .filter((reader) => reader.events.some(({ subject }) => subject === definition.subject))
          .map((reader) => reader.name)
          .toSorted(),
      }))
      .toSorted((one, other) => one.subject.localeCompare(other.subject)),
    commands: commands
      .map(({ name, definition }) => ({
        ...about(name),
        answeredBy: ownerOf(definition.name),
        name: definition.name,
        version: definition.version,
        subject: commandSubject(definition),
        request: jsonSchemaOf(definition.request),
        reply: jsonSchemaOf(definition.reply),
        idempotent: definition.idempotent,
        callers: definition.callers,
      }))
      .toSorted((one, other) => one.subject.localeCompare(other.subject)),
  };
}

const ownerOf = (name: string) => name.split('.')[0] ?? name;
