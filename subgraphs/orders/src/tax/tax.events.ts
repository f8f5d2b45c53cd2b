import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { TaxesChanged } from '../contract.ts';

/** The event of a changed setting, category or zone. */
export function taxesChanged(
  id: string,
  kind: 'SETTINGS' | 'CATEGORY' | 'ZONE',
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): DomainEvent {
  return eventOf(TaxesChanged, id, { id, kind, change });
}
