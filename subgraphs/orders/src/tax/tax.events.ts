import { eventOf, type DomainEvent } from '@souk/kit/contracts';
import { TaxesChanged } from '../contract.ts';

/** The event after a change of tax settings, a tax category or a tax zone. */
export function taxesChanged(
  id: string,
  kind: 'SETTINGS' | 'CATEGORY' | 'ZONE',
  change: 'CREATED' | 'UPDATED' | 'DELETED',
): DomainEvent {
  return eventOf(TaxesChanged, id, { id, kind, change });
}
