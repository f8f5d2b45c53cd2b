import { defineTransitions } from '@souk/kit/domain';

export const RETURN_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELED', 'RECEIVED'] as const;
/** The status of a return. RECEIVED means that staff hold the units. The stock and the money follow from there. */
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** The lifecycle of a return. A parcel that arrives without an approval is received too. */
export const RETURN_TRANSITIONS = defineTransitions<ReturnStatus>('REQUESTED', {
  REQUESTED: ['APPROVED', 'REJECTED', 'CANCELED', 'RECEIVED'],
  APPROVED: ['RECEIVED', 'CANCELED'],
  REJECTED: [],
  CANCELED: [],
  RECEIVED: [],
});
