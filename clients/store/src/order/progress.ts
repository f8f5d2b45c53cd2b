import type { OrderEventType } from '@souk/sdk';

/** A step of an order in the buyer's view. */
export type ProgressStep = 'placed' | 'paid' | 'packed' | 'shipped' | 'delivered';

/** A step, with the time at which it was completed. The time is null until then. */
export interface Progress {
  readonly step: ProgressStep;
  readonly at: string | null;
}

interface Happened {
  readonly type: OrderEventType;
  readonly at: string;
}

/** The events that complete each step. The step "paid" is also complete when the payment is only authorized. */
const EVENTS: Readonly<Record<ProgressStep, readonly OrderEventType[]>> = {
  placed: ['PLACED'],
  paid: ['CONFIRMED', 'PAYMENT_CAPTURED'],
  packed: ['FULFILLMENT_CREATED'],
  shipped: ['SHIPPED'],
  delivered: ['DELIVERED', 'COMPLETED'],
};

/** Derives the steps from the events of an order, in the order of the steps. */
export function progressOf(events: readonly Happened[]): readonly Progress[] {
  return (Object.keys(EVENTS) as ProgressStep[]).map((step) => ({
    step,
    at: events.find(({ type }) => EVENTS[step].includes(type))?.at ?? null,
  }));
}
