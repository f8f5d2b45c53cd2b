import { headers, millis } from 'nats';
import { z } from 'zod';
import { eventEnvelope } from '@souk/kit/contracts';
import type { EventMessage } from './event-message.ts';
import type { Nats } from './nats.ts';
import { CONSUMER_NOT_FOUND, MESSAGE_NOT_FOUND, nullOnError, STREAM_NOT_FOUND } from './jetstream-errors.ts';
import { DEAD_LETTERS, deadLetterSubject, replaySubject, REPLAYS } from './subjects.ts';
import { replayReading } from './topology.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';

const letterSchema = z.object({
  consumer: z.string(),
  error: z.string(),
  /** The time of parking (ISO 8601, UTC). */
  parkedAt: z.string(),
  /** The event, or the text of a message that is not an event. */
  envelope: z.union([eventEnvelope, z.string()]),
  /** The body that the publisher signed, with its signature. Absent for an event without a signature. */
  signed: z.object({ body: z.string(), signature: z.string() }).exactOptional(),
});

/** An event that failed every retry of a consumer. */
export interface DeadLetter extends z.infer<typeof letterSchema> {
  /** The sequence number in the stream of dead letters. */
  readonly sequence: number;
  /**
   * Present when the stored message is not a dead letter. `envelope` is then the text of the message, and the message cannot be replayed.
   */
  readonly isBroken?: true;
}

/** A message of the stream of dead letters, before it is parsed. */
interface StoredLetter {
  readonly subject: string;
  readonly text: string;
  readonly sequence: number;
  readonly storedAt: Date;
}

function readLetter({ subject, text, sequence, storedAt }: StoredLetter): DeadLetter {
  try {
    return { ...letterSchema.parse(JSON.parse(text)), sequence };
  } catch (error) {
    return {
      sequence,
      isBroken: true,
      consumer: subject.slice(deadLetterSubject('').length),
      error: `The stored message is not a dead letter: ${error instanceof Error ? error.message : String(error)}`,
      parkedAt: storedAt.toISOString(),
      envelope: text,
    };
  }
}

/** An event to park. NATS stores only one dead letter per `origin`, which identifies the message. */
export interface FailedEvent {
  readonly consumer: string;
  readonly event: Pick<EventMessage, 'body' | 'signature' | 'envelope'>;
  readonly error: unknown;
  readonly origin: { readonly stream: string; readonly sequence: number };
}

/** Stores, lists and replays dead letters, in a stream of their own. */
export class DeadLetters {
  readonly #nats: Nats;

  constructor(nats: Nats) {
    this.#nats = nats;
  }

  /** Resolves when the event is stored. */
  async add({ consumer, event, error, origin }: FailedEvent): Promise<void> {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const { body, signature, envelope } = event;
    const letter: z.infer<typeof letterSchema> = {
      consumer,
      error: reason,
      parkedAt: new Date().toISOString(),
      envelope: envelope ?? body,
      ...(signature !== null && { signed: { body, signature } }),
    };
    await this.#nats.jetstream.publish(deadLetterSubject(consumer), JSON.stringify(letter), {
      msgID: `${consumer}:${origin.stream}:${origin.sequence}`,
    });
  }

  /** Whether the stream of dead letters exists. */
  async exist(): Promise<boolean> {
    const manager = await this.#nats.connection.jetstreamManager();
    return (await nullOnError(manager.streams.info(DEAD_LETTERS.stream), STREAM_NOT_FOUND)) !== null;
  }

  /** The number of dead letters by consumer. */
  async counts(): Promise<ReadonlyMap<string, number>> {
    const manager = await this.#nats.connection.jetstreamManager();
    const { state } = await manager.streams.info(DEAD_LETTERS.stream, { subjects_filter: DEAD_LETTERS.subjects });
    const ofSubjects = Object.entries(state.subjects ?? {}).toSorted(([one], [other]) => one.localeCompare(other));
    return new Map(ofSubjects.map(([subject, count]) => [subject.slice(deadLetterSubject('').length), count]));
  }

  /**
   * Lists the dead letters, the oldest first. A message that is not a dead letter is listed as broken.
   * @param which restricts the list to one consumer, or to dead letters after a sequence number
   */
  async *list(
    which: { readonly consumer?: string | undefined; readonly after?: number } = {},
  ): AsyncGenerator<DeadLetter> {
    const { consumer, after = 0 } = which;
    const manager = await this.#nats.connection.jetstreamManager();
    const { state } = await manager.streams.info(DEAD_LETTERS.stream);
    if (state.messages === 0 || after >= state.last_seq) return;
    const letters = await this.#nats.jetstream.consumers.get(DEAD_LETTERS.stream, {
      opt_start_seq: after + 1,
      ...(consumer !== undefined && { filterSubjects: deadLetterSubject(consumer) }),
    });
    const { num_pending: expected } = await letters.info();
    if (expected === 0) return;
    let seen = 0;
    for await (const message of await letters.consume()) {
      const storedAt = new Date(millis(message.info.timestampNanos));
      yield readLetter({ subject: message.subject, text: message.string(), sequence: message.seq, storedAt });
      if (++seen >= expected) return;
    }
  }

  /** Finds the dead letter with this sequence number. Null when it does not exist or was removed. */
  async find(sequence: number): Promise<DeadLetter | null> {
    const manager = await this.#nats.connection.jetstreamManager();
    const stored = await nullOnError(
      manager.streams.getMessage(DEAD_LETTERS.stream, { seq: sequence }),
      MESSAGE_NOT_FOUND,
    );
    return stored && readLetter({ subject: stored.subject, text: stored.string(), sequence, storedAt: stored.time });
  }

  /**
   * Delivers the event again, only to the consumer that failed. If the consumer fails again, the event becomes a new dead letter.
   * @returns false when the letter is broken or its consumer no longer exists. The letter then stays.
   */
  async replay({ sequence, consumer, envelope, signed, isBroken }: DeadLetter): Promise<boolean> {
    if (isBroken) return false;
    const manager = await this.#nats.connection.jetstreamManager();
    const { stream, durable } = replayReading(consumer);
    if ((await nullOnError(manager.consumers.info(stream, durable), CONSUMER_NOT_FOUND)) === null) return false;
    const body = signed?.body ?? (typeof envelope === 'string' ? envelope : JSON.stringify(envelope));
    const head = headers();
    if (signed) head.set(SIGNATURE_HEADER, signed.signature);
    await this.#nats.jetstream.publish(replaySubject(consumer), body, {
      headers: head,
      msgID: `${consumer}:${sequence}`,
      expect: { streamName: REPLAYS.stream },
    });
    await manager.streams.deleteMessage(DEAD_LETTERS.stream, sequence);
    return true;
  }
}
