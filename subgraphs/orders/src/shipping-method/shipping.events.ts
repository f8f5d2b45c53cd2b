import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ShippingChanged } from '../contract.ts';

/** The event of a changed shipping method or zone. */
export function shippingChanged(
  id: string,
  kind: 'METHOD' | 'ZONE',
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): DomainEvent {
  return eventOf(ShippingChanged, id, { id, kind, change });
}
