import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ReviewChanged, type ReviewChangeKind } from '../contract.ts';

/** Makes the event `ReviewChanged`. */
export function reviewChanged(
  {
    id,
    productId,
    status,
  }: { readonly id: string; readonly productId: string; readonly status: 'PENDING' | 'PUBLISHED' | 'REJECTED' },
  change: ReviewChangeKind,
): DomainEvent {
  return eventOf(ReviewChanged, id, { reviewId: id, productId, status, change });
}
