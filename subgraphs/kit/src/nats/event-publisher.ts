import { NatsError, type PubAck } from 'nats';
import type { EventEnvelope } from '../contracts/index.ts';
import type { Nats } from './nats.ts';
import type { Partitions } from './partitions.ts';
import { publisherOf, streamOf, subjectOf } from './subjects.ts';

/** How long a server may take to store an event. */
const PUBLISH_TIMEOUT_MS = 5000;
/** The server refuses an event whose predecessor it has not stored last. */
const WRONG_LAST_MESSAGE = 10_070;

/** Publishes many events at once without losing their order. */
export class EventPublisher {
  readonly #nats: Nats;
  readonly #partitions: Partitions;

  constructor(nats: Nats, partitions: Partitions) {
    this.#nats = nats;
    this.#partitions = partitions;
  }

  /**
   * Resolves when the server has stored all of them, each once within its duplicate window.
   * @throws when it may not have: then the same events are published again, in the same order.
   */
  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    this.#nats.requireConnected();
    const streams = Map.groupBy(envelopes, ({ event_type }) => streamOf(publisherOf(event_type)));
    await Promise.all([...streams].map(([stream, events]) => this.#publishAtOnce(stream, events)));
  }

  /**
   * Nothing is waited for between two events; so that one that is lost on the way takes along those that follow it, each names its
   * predecessor, and the server checks that it stored that one last.
   */
  async #publishAtOnce(stream: string, envelopes: readonly EventEnvelope[]): Promise<void> {
    const partitions = await this.#partitions.of(stream);
    const send = (envelope: EventEnvelope, previous?: EventEnvelope) =>
      this.#send({ stream, subject: subjectOf(envelope, partitions) }, envelope, previous);
    const sent = envelopes.map((envelope, place) => send(envelope, envelopes[place - 1]));
    const outcomes = await Promise.allSettled(sent);
    const place = outcomes.findIndex(({ status }) => status === 'rejected');
    const failed = outcomes[place];
    if (failed?.status !== 'rejected') return;
    if (!isOutOfOrder(failed.reason)) throw failed.reason;
    // Somebody else's event came between, or ours were known already: without hurry, then.
    for (const envelope of envelopes.slice(place)) await send(envelope);
  }

  #send(
    { stream, subject }: { readonly stream: string; readonly subject: string },
    envelope: EventEnvelope,
    previous: EventEnvelope | undefined,
  ): Promise<PubAck> {
    return this.#nats.jetstream.publish(subject, JSON.stringify(envelope), {
      msgID: envelope.event_id,
      timeout: PUBLISH_TIMEOUT_MS,
      expect: { streamName: stream, ...(previous && { lastMsgID: previous.event_id }) },
    });
  }
}

function isOutOfOrder(reason: unknown): boolean {
  return reason instanceof NatsError && reason.api_error?.err_code === WRONG_LAST_MESSAGE;
}
