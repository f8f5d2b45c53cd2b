import { isSampled, traceOf } from '../context/index.ts';
import type { EventEnvelope } from '../contracts/index.ts';
import type { EventBus, EventConsumer } from '../messaging/index.ts';
import type { Span, SpanStart, Tracer } from './tracer.ts';

/** Records a span for the publication and for each handling of an event, when the cause of the event is traced. */
export function tracedEvents(bus: EventBus, tracer: Tracer): EventBus {
  return {
    publish: (envelopes) =>
      withSpans(tracer, envelopes, { name: 'publish', kind: 'PRODUCER' }, (traced) => bus.publish(traced)),
    consume: (consumer) => bus.consume(tracedConsumer(consumer, tracer)),
    feed: (definition, filter) => bus.feed(definition, filter),
  };
}

/** A consumer whose spans belong to the traces of the events' causes. */
function tracedConsumer(consumer: EventConsumer, tracer: Tracer): EventConsumer {
  const spans = { name: 'process', kind: 'CONSUMER', consumer: consumer.name } as const;
  return {
    ...consumer,
    handle: (envelopes) => withSpans(tracer, envelopes, spans, (traced) => consumer.handle(traced)),
    park: (envelope, error) => consumer.park(envelope, error),
  };
}

interface EventSpans extends Pick<SpanStart, 'name' | 'kind'> {
  readonly consumer?: string;
}

/** Handles a batch of events in spans. The events may belong to many traces, so each trace gets its own span for the same work. */
async function withSpans(
  tracer: Tracer,
  envelopes: readonly EventEnvelope[],
  spans: EventSpans,
  work: (envelopes: readonly EventEnvelope[]) => Promise<void>,
): Promise<void> {
  const open: Span[] = [];
  const traced = envelopes.map((envelope) => {
    const span = startSpan(tracer, envelope, spans);
    if (!span) return envelope;
    open.push(span);
    return { ...envelope, metadata: { ...envelope.metadata, ...span.trace } };
  });
  try {
    return await work(traced);
  } catch (error) {
    for (const span of open) span.fail(error);
    throw error;
  } finally {
    for (const span of open) span.end();
  }
}

function startSpan(tracer: Tracer, envelope: EventEnvelope, { name, kind, consumer }: EventSpans): Span | null {
  const { event_type: event, event_id: eventId, source } = envelope;
  const parent = traceOf(envelope.metadata);
  if (!isSampled(parent)) return null;
  return tracer.start({
    name: `${name} ${event}`,
    kind,
    parent,
    // The attributes follow OpenTelemetry's semantic conventions for messaging, as far as the conventions fit every bus.
    attributes: {
      'messaging.operation.name': name,
      'messaging.destination.name': event,
      'messaging.message.id': eventId,
      'souk.source': source,
      ...(consumer !== undefined && { 'messaging.consumer.group.name': consumer }),
    },
  });
}
