import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { ShippingChanged } from '../contract.ts';

/** The event after a change of a shipping method or a shipping zone. */
export function shippingChanged(
  id: string,
  kind: 'METHOD' | 'ZONE',
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): DomainEvent {
  return eventOf(ShippingChanged, id, { id, kind, change });
}
