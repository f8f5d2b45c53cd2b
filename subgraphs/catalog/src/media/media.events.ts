import { eventOf } from '@souk/kit/contracts';
import { MediaChanged } from '../contract.ts';

export type MediaChange = 'UPLOADED' | 'READY' | 'FAILED' | 'UPDATED' | 'DELETED';

/** Makes the event `MediaChanged`, with the picture as its aggregate. */
export function mediaChanged(mediaId: string, change: MediaChange) {
  return eventOf(MediaChanged, mediaId, { mediaId, change });
}
