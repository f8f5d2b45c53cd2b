import { z } from 'zod';

/** A fact that a subgraph publishes. Only the `contract.ts` of that subgraph defines it. */
export interface EventDefinition<Data = unknown> {
  /** The subject, `<subgraph>.<aggregate>.<past tense>`, for instance `orders.order.placed`. */
  readonly subject: string;
  /** The version of the payload. It increases when a consumer of the previous version cannot read the new payload. */
  readonly version: number;
  readonly payload: z.ZodType<Data>;
}

/** A fact to publish. Events with the same `aggregateId` are delivered in the order in which they were appended. */
export interface DomainEvent {
  readonly subject: string;
  readonly version: number;
  readonly aggregateId: string;
  readonly payload: unknown;
}

/** An event with the metadata that transports and consumers need. */
export const eventEnvelope = z.object({
  event_id: z.uuid(),
  /** The subject of the event. */
  event_type: z.string(),
  tenant_id: z.uuid(),
  aggregate_id: z.uuid(),
  /** The time of the event (ISO 8601, UTC). */
  timestamp: z.string(),
  /** The subgraph that published the event. */
  source: z.string(),
  version: z.int().positive(),
  data: z.unknown(),
  metadata: z.object({
    user_id: z.uuid().nullable(),
    correlation_id: z.string().nullable(),
    /** The W3C Trace Context of the event's cause. Present only when the trace of the cause is recorded. */
    traceparent: z.string().optional(),
    tracestate: z.string().optional(),
  }),
});
export type EventEnvelope = z.infer<typeof eventEnvelope>;

export function defineEvent<Data>(definition: EventDefinition<Data>): EventDefinition<Data> {
  return definition;
}

/** Creates an event for the outbox. @throws ZodError when the data does not match the contract */
export function eventOf<Data>(definition: EventDefinition<Data>, aggregateId: string, data: Data): DomainEvent {
  const { subject, version, payload } = definition;
  return { subject, version, aggregateId, payload: payload.parse(data) };
}
