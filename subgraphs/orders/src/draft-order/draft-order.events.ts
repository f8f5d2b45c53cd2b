import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { DraftOrderChanged } from '../contract.ts';

export function draftChanged(draftOrderId: string, change: 'CREATED' | 'UPDATED' | 'DELETED' | 'EXPIRED'): DomainEvent {
  return eventOf(DraftOrderChanged, draftOrderId, { draftOrderId, change });
}
