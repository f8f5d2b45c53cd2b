import { systemContext, traceOf } from '../context/index.ts';
import type { EventEnvelope } from '../contracts/index.ts';
import { eventReaderOf } from '../manifest/index.ts';
import type { EventConsumer } from '../messaging/index.ts';
import { claimUnhandled, parkEvent, type Transaction, type UnitOfWork } from '../persistence/index.ts';
import type { Subscriber } from './subgraph.ts';

/**
 * Creates the consumer of a subscriber. The consumer records the events in the inbox in the transaction of their effect, so that an event
 * that is delivered twice is handled once.
 */
export function eventConsumer<Schema>(
  { reader, concerns = () => true, handle }: Subscriber<Schema>,
  unitOfWork: UnitOfWork<Schema>,
): EventConsumer {
  const { name } = reader;
  const contextOf = ({ tenant_id, event_id, metadata }: EventEnvelope) =>
    systemContext(tenant_id, name, metadata.correlation_id ?? event_id, traceOf(metadata));
  return {
    ...eventReaderOf(reader),
    async handle(received) {
      const envelopes = received.filter(({ data }) => concerns(data));
      const [first] = envelopes;
      if (!first) return;
      const work = async (tx: Transaction<Schema>): Promise<void> => {
        const eventIds = envelopes.map(({ event_id }) => event_id);
        const unhandled = await claimUnhandled(tx, { consumer: name, eventIds });
        const events = envelopes.filter(({ event_id }) => unhandled.has(event_id));
        if (events.length > 0)
          await handle(
            tx,
            events.map((envelope) => ({ data: envelope.data, envelope })),
          );
      };
      await unitOfWork.run(contextOf(first), work);
    },
    park: (envelope, error) => unitOfWork.run(contextOf(envelope), (tx) => parkEvent(tx, name, envelope, error)),
  };
}
