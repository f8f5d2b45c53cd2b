import { defineTransitions } from '@souk/kit/domain';

export const FULFILLMENT_STATUSES = ['PENDING', 'SHIPPED', 'DELIVERED', 'CANCELED'] as const;
/**
 * The status of a fulfillment. PENDING means that it has not shipped yet. A shipped parcel can only be delivered, because a parcel that
 * comes back is a return.
 */
export type FulfillmentStatus = (typeof FULFILLMENT_STATUSES)[number];

/** The lifecycle of a fulfillment. */
export const FULFILLMENT_TRANSITIONS = defineTransitions<FulfillmentStatus>('PENDING', {
  PENDING: ['SHIPPED', 'CANCELED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELED: [],
});
