import { defineTransitions } from '@souk/kit/domain';

/** The lifecycle of an uploaded picture. A READY picture stays READY while a new focal point creates new resized variants. */
export const MEDIA_TRANSITIONS = defineTransitions('AWAITING_UPLOAD', {
  AWAITING_UPLOAD: ['PROCESSING'],
  PROCESSING: ['READY', 'FAILED'],
  READY: [],
  FAILED: [],
});

export type MediaState = keyof typeof MEDIA_TRANSITIONS;
