import { defineTransitions } from '@souk/kit/domain';

export const FULFILLMENT_STATUSES = ['PENDING', 'SHIPPED', 'DELIVERED', 'CANCELED'] as const;
/** PENDING: to be packed. A parcel that is on its way can only arrive: what comes back is a return. */
export type FulfillmentStatus = (typeof FULFILLMENT_STATUSES)[number];

/** The lifecycle of a fulfillment. */
export const FULFILLMENT_TRANSITIONS = defineTransitions<FulfillmentStatus>('PENDING', {
  PENDING: ['SHIPPED', 'CANCELED'],
  SHIPPED: ['DELIVERED'],
  DELIVERED: [],
  CANCELED: [],
});
