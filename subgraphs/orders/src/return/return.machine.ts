import { defineTransitions } from '@souk/kit/domain';

export const RETURN_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'CANCELED', 'RECEIVED'] as const;
/** The status of a return. RECEIVED means that the units have arrived. Stock and money are given back after that. */
export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** The lifecycle of a return. It leads from REQUESTED directly to RECEIVED when the parcel arrives before the approval. */
export const RETURN_TRANSITIONS = defineTransitions<ReturnStatus>('REQUESTED', {
  REQUESTED: ['APPROVED', 'REJECTED', 'CANCELED', 'RECEIVED'],
  APPROVED: ['RECEIVED', 'CANCELED'],
  REJECTED: [],
  CANCELED: [],
  RECEIVED: [],
});
