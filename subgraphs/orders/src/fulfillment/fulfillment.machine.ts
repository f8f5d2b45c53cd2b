import { defineTransitions } from '@souk/kit/domain';

export const FULFILLMENT_STATUSES = ['PENDING', 'SHIPPED', 'DELIVERED', 'CANCELED'] as const;
/**
 * The status of a fulfillment. PENDING means packed but not shipped. The only step after SHIPPED is DELIVERED, because a parcel that comes
 * back is recorded as a return.
 */
export type FulfillmentStatus = (typeof FULFILLMENT_STATUSES)[number];

/** The statuses that may follow each status. */
export const FULFILLMENT_TRANSITIONS = defineTransitions<FulfillmentStatus>('PENDING', {
  PENDING: ['SHIPPED', 'CANCELED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELED: [],
});
