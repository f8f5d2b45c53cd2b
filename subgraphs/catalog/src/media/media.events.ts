import { eventOf } from '@souk/kit/contracts';
import { MediaChanged } from '../contract.ts';

export type MediaChange = 'UPLOADED' | 'READY' | 'FAILED' | 'UPDATED' | 'DELETED';

/** The event `MediaChanged` for a picture. */
export function mediaChanged(mediaId: string, change: MediaChange) {
  return eventOf(MediaChanged, mediaId, { mediaId, change });
}
