import type { OrderEventType } from '@souk/sdk';

/** A step of an order that a buyer cares about. */
export type ProgressStep = 'placed' | 'paid' | 'packed' | 'shipped' | 'delivered';

/** A step, with the time at which it happened. The time is null as long as the step has not happened. */
export interface Progress {
  readonly step: ProgressStep;
  readonly at: string | null;
}

interface Happened {
  readonly type: OrderEventType;
  readonly at: string;
}

/** The events with which each step is done. A confirmed order is paid, or its payment is reserved. */
const EVENTS: Readonly<Record<ProgressStep, readonly OrderEventType[]>> = {
  placed: ['PLACED'],
  paid: ['CONFIRMED', 'PAYMENT_CAPTURED'],
  packed: ['FULFILLMENT_CREATED'],
  shipped: ['SHIPPED'],
  delivered: ['DELIVERED', 'COMPLETED'],
};

/** Derives the steps from the history of an order, the first step first. */
export function progressOf(events: readonly Happened[]): readonly Progress[] {
  return (Object.keys(EVENTS) as ProgressStep[]).map((step) => ({
    step,
    at: events.find(({ type }) => EVENTS[step].includes(type))?.at ?? null,
  }));
}
