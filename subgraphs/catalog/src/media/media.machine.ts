import { defineTransitions } from '@souk/kit/domain';

/** The states of an uploaded picture. A change of the focal point makes new variants of a READY picture, which stays READY. */
export const MEDIA_TRANSITIONS = defineTransitions('AWAITING_UPLOAD', {
  AWAITING_UPLOAD: ['PROCESSING'],
  PROCESSING: ['READY', 'FAILED'],
  READY: [],
  FAILED: [],
});

export type MediaState = keyof typeof MEDIA_TRANSITIONS;
