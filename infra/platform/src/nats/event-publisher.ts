import { headers, NatsError, type MsgHdrs, type PubAck } from 'nats';
import type { EventEnvelope } from '@souk/kit/contracts';
import { UnpublishableEventsError } from '@souk/kit/messaging';
import type { Nats } from './nats.ts';
import type { EventStoreWatch } from './event-store-watch.ts';
import type { Partitions } from './partitions.ts';
import { publisherOf, streamOf, subjectOf } from './subjects.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';
import type { EventTrust } from './trust/event-trust.ts';
import { unpublishable, type WrittenEvent } from './unpublishable.ts';

/** Timeout for the server to store one event, in ms. */
const PUBLISH_TIMEOUT_MS = 5000;
/** The server's error code when the expected predecessor of an event is not the last event of the stream. */
const WRONG_LAST_MESSAGE = 10_070;

/** An event in the form in which it is sent to NATS. */
interface OutgoingEvent {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly signature: string | null;
}

/** Publishes many events concurrently without losing their order. */
export class EventPublisher {
  readonly #nats: Nats;
  readonly #partitions: Partitions;
  readonly #trust: EventTrust;

  readonly #store: EventStoreWatch;

  /** @param store records the outcome of each publication */
  constructor(nats: Nats, partitions: Partitions, trust: EventTrust, store: EventStoreWatch) {
    this.#store = store;
    this.#nats = nats;
    this.#partitions = partitions;
    this.#trust = trust;
  }

  /**
   * Resolves when the server has stored every event. An event that is published again within the duplicate window is stored once.
   * @throws UnpublishableEventsError before anything is sent, when the server can never store some of the events
   * @throws Error when the server may not have stored all events. The caller must publish the same events again, in the same order.
   */
  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    this.#nats.requireConnected();
    const written = envelopes.map((envelope) => ({ envelope, body: JSON.stringify(envelope) }));
    const reasons = unpublishable(written, this.#nats.connection.info?.max_payload ?? Infinity);
    if (reasons.size > 0) throw new UnpublishableEventsError(reasons);
    const streams = Map.groupBy(written, ({ envelope }) => streamOf(publisherOf(envelope.event_type)));
    try {
      await Promise.all([...streams].map(([stream, events]) => this.#publishAtOnce(stream, events)));
    } catch (error) {
      this.#store.failed(error);
      throw error;
    }
    this.#store.stored();
  }

  /**
   * Sends all events without waiting between them. Each message contains the id of its predecessor, which the server compares with the last
   * stored event. When one event is lost, the server therefore refuses all events after it.
   */
  async #publishAtOnce(stream: string, written: readonly WrittenEvent[]): Promise<void> {
    const partitions = await this.#partitions.of(stream);
    const signatures = this.#trust.sign(written.map(({ body }) => body));
    const events = written.map(({ envelope, body }, place) => ({
      id: envelope.event_id,
      subject: subjectOf(envelope, partitions),
      body,
      signature: signatures?.[place] ?? null,
    }));
    const sent = events.map((event, place) => this.#send(stream, event, events[place - 1]));
    const outcomes = await Promise.allSettled(sent);
    const place = outcomes.findIndex(({ status }) => status === 'rejected');
    const failed = outcomes[place];
    if (failed?.status !== 'rejected') return;
    if (!isOutOfOrder(failed.reason)) throw failed.reason;
    // The order check also fails when another process published in between, or when the events were already stored. The remaining events
    // are then sent one at a time.
    for (const event of events.slice(place)) await this.#send(stream, event);
  }

  #send(stream: string, { id, subject, body, signature }: OutgoingEvent, previous?: OutgoingEvent): Promise<PubAck> {
    return this.#nats.jetstream.publish(subject, body, {
      headers: signatureHeaders(signature), // new ones each time: the client adds the expectation to them
      msgID: id,
      timeout: PUBLISH_TIMEOUT_MS,
      expect: { streamName: stream, ...(previous && { lastMsgID: previous.id }) },
    });
  }
}

function signatureHeaders(signature: string | null): MsgHdrs {
  const head = headers();
  if (signature !== null) head.set(SIGNATURE_HEADER, signature);
  return head;
}

function isOutOfOrder(reason: unknown): boolean {
  return reason instanceof NatsError && reason.api_error?.err_code === WRONG_LAST_MESSAGE;
}
