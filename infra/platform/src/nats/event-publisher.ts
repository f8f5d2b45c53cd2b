import { headers, NatsError, type MsgHdrs, type PubAck } from 'nats';
import type { EventEnvelope } from '@souk/kit/contracts';
import type { Nats } from './nats.ts';
import type { Partitions } from './partitions.ts';
import { publisherOf, streamOf, subjectOf } from './subjects.ts';
import { SIGNATURE_HEADER } from './trust/event-signature.ts';
import type { EventTrust } from './trust/event-trust.ts';

/** How long a server may take to store an event. */
const PUBLISH_TIMEOUT_MS = 5000;
/** The server refuses an event whose predecessor it has not stored last. */
const WRONG_LAST_MESSAGE = 10_070;

/** An event, ready to be sent. */
interface OutgoingEvent {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly head: MsgHdrs;
}

/** Publishes many events at once without losing their order. */
export class EventPublisher {
  readonly #nats: Nats;
  readonly #partitions: Partitions;
  readonly #trust: EventTrust;

  constructor(nats: Nats, partitions: Partitions, trust: EventTrust) {
    this.#nats = nats;
    this.#partitions = partitions;
    this.#trust = trust;
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
    const bodies = envelopes.map((envelope) => JSON.stringify(envelope));
    const signatures = this.#trust.sign(bodies);
    const events = envelopes.map((envelope, place) => ({
      id: envelope.event_id,
      subject: subjectOf(envelope, partitions),
      body: bodies[place] ?? '',
      head: signatureHeaders(signatures?.[place] ?? null),
    }));
    const sent = events.map((event, place) => this.#send(stream, event, events[place - 1]));
    const outcomes = await Promise.allSettled(sent);
    const place = outcomes.findIndex(({ status }) => status === 'rejected');
    const failed = outcomes[place];
    if (failed?.status !== 'rejected') return;
    if (!isOutOfOrder(failed.reason)) throw failed.reason;
    // Somebody else's event came between, or ours were known already: without hurry, then.
    for (const event of events.slice(place)) await this.#send(stream, event);
  }

  #send(stream: string, { id, subject, body, head }: OutgoingEvent, previous?: OutgoingEvent): Promise<PubAck> {
    return this.#nats.jetstream.publish(subject, body, {
      headers: head,
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
